#!/bin/sh
# Prints fresh secrets for docker-compose.yml:  sh deploy/docker/make-env.sh > .env
# What stands in URLs is hexadecimal. Made anew they no longer fit databases that exist already.
set -eu
umask 077
secret() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
for name in HASH_SECRET POSTGRES_PASSWORD IDENTITY_DATABASE_PASSWORD \
  BILLING_DATABASE_PASSWORD TARGETING_DATABASE_PASSWORD SMS_DATABASE_PASSWORD; do
  printf '%s=%s\n' "$name" "$(secret)"
done
# RabbitMQ is told the hash, the program the password: base64 of 4 octets of salt and SHA-256 of salt and password.
for prefix in '' IDENTITY_ BILLING_ TARGETING_ SMS_ WORKER_ GATEWAY_; do
  password=$(secret)
  salt=$(secret | cut -c1-4)
  hash=$({ printf %s "$salt"; printf %s "$salt$password" | openssl dgst -sha256 -binary; } | base64 | tr -d '\n')
  printf '%sRABBITMQ_PASSWORD=%s\n%sRABBITMQ_HASH=%s\n' "$prefix" "$password" "$prefix" "$hash"
done
# What is sealed at rest: <version>:<key>, the first seals. A new key goes in front of the old one (docs/runbook.md).
for name in IDENTITY_SEAL_KEYS SMS_SEAL_KEYS; do
  printf '%s=1:%s\n' "$name" "$(head -c 32 /dev/urandom | base64 | tr -d '\n')"
done
# Each program signs with a key of its own (P-256), and all know all public keys (docs/runbook.md: how one is changed).
public_keys=
new_key() {
  key=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)
  printf '%s_SERVICE_KEY=%s\n' "$1" "$(printf '%s\n' "$key" | openssl pkcs8 -topk8 -nocrypt -outform DER | base64 | tr -d '\n')"
  public=$(printf '%s\n' "$key" | openssl pkey -pubout -outform DER | base64 | tr -d '\n')
  public_keys="${public_keys:+$public_keys,}$2:$public"
}
new_key IDENTITY identity
new_key BILLING billing
new_key TARGETING campaign-targeting
new_key SMS sms-gateway
new_key WORKER sms-dispatch-worker
new_key GATEWAY api-gateway
printf 'SERVICE_PUBLIC_KEYS=%s\n' "$public_keys"
