#!/bin/sh
# Prints fresh secrets for docker-compose.yml:  sh deploy/docker/make-env.sh > .env
# What stands in URLs is hexadecimal. Made anew they no longer fit databases that exist already.
set -eu
umask 077
for name in SERVICE_SECRET RABBITMQ_PASSWORD POSTGRES_PASSWORD IDENTITY_DATABASE_PASSWORD \
  BILLING_DATABASE_PASSWORD TARGETING_DATABASE_PASSWORD SMS_DATABASE_PASSWORD; do
  printf '%s=%s\n' "$name" "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
done
# What is sealed at rest: <version>:<key>, the first seals. A new key goes in front of the old one (docs/runbook.md).
for name in IDENTITY_SEAL_KEYS SMS_SEAL_KEYS; do
  printf '%s=1:%s\n' "$name" "$(head -c 32 /dev/urandom | base64 | tr -d '\n')"
done
