#!/bin/sh
# Prints fresh secrets for docker-compose.yml:  sh deploy/docker/make-env.sh > .env
# What stands in URLs is hexadecimal. Fresh ones do not fit databases that exist already.
set -eu
umask 077
secret() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
# made by npm run gen from deploy/programs.mjs: names
storing='IDENTITY BILLING TARGETING SMS'
sealing='IDENTITY SMS'
talking='IDENTITY:identity BILLING:billing TARGETING:campaign-targeting SMS:sms-gateway WORKER:sms-dispatch-worker GATEWAY:api-gateway'
# end of names
for name in HASH_SECRET POSTGRES_PASSWORD; do printf '%s=%s\n' "$name" "$(secret)"; done
for prefix in $storing; do printf '%s_DATABASE_PASSWORD=%s\n' "$prefix" "$(secret)"; done
# RabbitMQ gets the hash, the program the password: base64 of 4 octets of salt and SHA-256 of salt and password.
for program in : $talking; do
  prefix=${program%%:*}
  prefix=${prefix:+${prefix}_}
  password=$(secret)
  salt=$(secret | cut -c1-4)
  hash=$({ printf %s "$salt"; printf %s "$salt$password" | openssl dgst -sha256 -binary; } | base64 | tr -d '\n')
  printf '%sRABBITMQ_PASSWORD=%s\n%sRABBITMQ_HASH=%s\n' "$prefix" "$password" "$prefix" "$hash"
done
# What is sealed at rest: <version>:<key>, the first seals. A new key goes in front of the old one (docs/runbook.md).
for prefix in $sealing; do
  printf '%s_SEAL_KEYS=1:%s\n' "$prefix" "$(head -c 32 /dev/urandom | base64 | tr -d '\n')"
done
# Each program signs with a key of its own (P-256), and all know all public keys (docs/runbook.md: how one is changed).
public_keys=
new_key() {
  key=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)
  printf '%s_SERVICE_KEY=%s\n' "$1" "$(printf '%s\n' "$key" | openssl pkcs8 -topk8 -nocrypt -outform DER | base64 | tr -d '\n')"
  public=$(printf '%s\n' "$key" | openssl pkey -pubout -outform DER | base64 | tr -d '\n')
  public_keys="${public_keys:+$public_keys,}$2:$public"
}
for program in $talking; do new_key "${program%%:*}" "${program#*:}"; done
printf 'SERVICE_PUBLIC_KEYS=%s\n' "$public_keys"
