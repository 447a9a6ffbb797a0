#!/bin/sh
# A new password of one program at RabbitMQ, in .env (or the file in ENV_FILE), and says what is to be done then:
#   sh deploy/docker/rotate-broker-password.sh SMS sms-gateway
set -eu
umask 077
usage="usage: rotate-broker-password.sh <prefix in .env> <program>"
prefix=${1:?$usage} program=${2:?$usage}
file=${ENV_FILE:-.env}
grep -q "^${prefix}_RABBITMQ_PASSWORD=" "$file" || { echo "$file has no ${prefix}_RABBITMQ_PASSWORD" >&2; exit 1; }

password=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
salt=$(od -An -N2 -tx1 /dev/urandom | tr -d ' \n')
hash=$({ printf %s "$salt"; printf %s "$salt$password" | openssl dgst -sha256 -binary; } | base64 | tr -d '\n')
# Whole or not at all.
{ grep -v "^${prefix}_RABBITMQ_\(PASSWORD\|HASH\)=" "$file"
  printf '%s_RABBITMQ_PASSWORD=%s\n%s_RABBITMQ_HASH=%s\n' "$prefix" "$password" "$prefix" "$hash"; } > "$file.new"
mv "$file.new" "$file"
cat <<END
Now, one right after the other:
  sed -n 's/^${prefix}_RABBITMQ_PASSWORD=//p' $file | docker compose exec -T rabbitmq rabbitmqctl change_password $program
  docker compose up -d --no-deps $program
END
