#!/bin/sh
# Prints fresh secrets for docker-compose.yml:  sh deploy/docker/make-env.sh > .env
# They stand in URLs, so they are hexadecimal. Made anew they no longer fit databases that exist already.
set -eu
umask 077
for name in SERVICE_SECRET RABBITMQ_PASSWORD POSTGRES_PASSWORD IDENTITY_DATABASE_PASSWORD \
  BILLING_DATABASE_PASSWORD TARGETING_DATABASE_PASSWORD SMS_DATABASE_PASSWORD; do
  printf '%s=%s\n' "$name" "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
done
