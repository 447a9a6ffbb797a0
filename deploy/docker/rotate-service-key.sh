#!/bin/sh
# Changes the key of one program while all runs, in .env (or the file in ENV_FILE):
#   sh deploy/docker/rotate-service-key.sh add SMS sms-gateway    then start all programs anew, one by one
#   sh deploy/docker/rotate-service-key.sh use SMS sms-gateway    then start this program anew
#   sh deploy/docker/rotate-service-key.sh drop SMS sms-gateway   then start all programs anew, one by one
# A step that was done already changes nothing.
set -eu
umask 077
usage="usage: rotate-service-key.sh add|use|drop <prefix in .env> <program>"
step=${1:?$usage} prefix=${2:?$usage} program=${3:?$usage}
file=${ENV_FILE:-.env}

value() { sed -n "s/^$1=//p" "$file"; }
# Whole or not at all. An empty value takes the line out.
write() {
  { grep -v "^$1=" "$file" || true; [ -z "$2" ] || printf '%s=%s\n' "$1" "$2"; } > "$file.new"
  mv "$file.new" "$file"
}
public_of() { printf %s "$1" | base64 -d | openssl pkey -inform DER -pubout -outform DER | base64 | tr -d '\n'; }

key=$(value "${prefix}_SERVICE_KEY")
next=$(value "${prefix}_SERVICE_KEY_NEXT")
all=$(value SERVICE_PUBLIC_KEYS)
[ -n "$key" ] && [ -n "$all" ] || { echo "$file has no ${prefix}_SERVICE_KEY or no SERVICE_PUBLIC_KEYS" >&2; exit 1; }

case $step in
  add)
    [ -z "$next" ] || { echo "a next key is there already" >&2; exit 0; }
    next=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl pkcs8 -topk8 -nocrypt -outform DER | base64 | tr -d '\n')
    write "${prefix}_SERVICE_KEY_NEXT" "$next"
    write SERVICE_PUBLIC_KEYS "$all,$program:$(public_of "$next")"
    ;;
  use)
    [ -n "$next" ] || { echo "no next key: run add first" >&2; exit 1; }
    write "${prefix}_SERVICE_KEY" "$next"
    write "${prefix}_SERVICE_KEY_NEXT" ''
    ;;
  drop)
    [ -z "$next" ] || { echo "the next key is not used yet: run use first" >&2; exit 1; }
    own="$program:$(public_of "$key")"
    kept=$(printf %s "$all" | tr , '\n' | while IFS= read -r entry || [ -n "$entry" ]; do
      case $entry in "$own") echo "$entry" ;; "$program":*) ;; *) echo "$entry" ;; esac
    done | paste -sd, -)
    write SERVICE_PUBLIC_KEYS "$kept"
    ;;
  *) echo "$usage" >&2; exit 1 ;;
esac
