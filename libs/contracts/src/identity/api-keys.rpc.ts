import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, IntField, ObjectField, StringField, UuidField } from '../core/fields';
import { keyScopes } from '../core/principal';
import type { KeyScope } from '../core/principal';

/** Keys that an account may have at once; a revoked one no longer counts. */
export const maxApiKeys = 20;

/** Addresses and networks that a key may be bound to. */
export const maxApiKeyAddresses = 20;

/** `peyk_<22 letters of the id>_<43 letters of the secret>`, in base 62. */
export const apiKeyPattern = /^peyk_[0-9A-Za-z]{22}_[0-9A-Za-z]{43}$/;

export class ApiKeyDraftDto {
  @StringField({ description: 'What it is for, for people', minLength: 1, maxLength: 100 })
  name!: string;

  @EnumField({
    description: 'What it may do, at least one',
    values: keyScopes,
    array: { maxItems: keyScopes.length },
  })
  scopes!: KeyScope[];

  @StringField({
    description: 'Addresses or networks (CIDR, IPv4 or IPv6) that it is accepted from; none: from everywhere',
    array: { maxItems: maxApiKeyAddresses },
    maxLength: 49,
    optional: true,
    example: ['203.0.113.7', '2001:db8::/48'],
  })
  addresses?: string[];

  @IntField({
    description: 'Requests a minute of each replica of the gateway; absent: what the account may',
    min: 1,
    max: 100_000,
    optional: true,
  })
  ratePerMinute?: number;

  @InstantField({ description: 'It is refused from then on; absent: when it is revoked', optional: true })
  expiresAt?: string;
}

export class ApiKeyDto {
  @UuidField({ description: 'Id of the key' })
  id!: string;

  @StringField({ description: 'What it is for', maxLength: 100 })
  name!: string;

  @StringField({
    description: 'How it begins; the rest is a secret that nobody can see again',
    maxLength: 40,
  })
  prefix!: string;

  @EnumField({ description: 'What it may do', values: keyScopes, array: { maxItems: keyScopes.length } })
  scopes!: KeyScope[];

  @StringField({
    description: 'Networks (CIDR) that it is accepted from; empty: from everywhere',
    array: { maxItems: maxApiKeyAddresses },
    maxLength: 49,
  })
  addresses!: string[];

  @IntField({ description: 'Requests a minute', min: 1, max: 100_000, optional: true, nullable: true })
  ratePerMinute?: number | null;

  @InstantField({ description: 'Refused from then on', optional: true, nullable: true })
  expiresAt?: string | null;

  @InstantField({ description: 'Made' })
  createdAt!: string;

  @InstantField({
    description: 'Last use, exact to a minute; null: never',
    optional: true,
    nullable: true,
  })
  lastUsedAt?: string | null;

  @StringField({ description: 'Address of that use', optional: true, nullable: true, maxLength: 64 })
  lastUsedAddress?: string | null;
}

export class NewApiKeyDto {
  @StringField({ description: 'The key itself, shown this once', maxLength: 100 })
  key!: string;

  @ObjectField({ description: 'What is known of it', dto: () => ApiKeyDto })
  apiKey!: ApiKeyDto;
}

export class ApiKeysDto {
  @ObjectField({
    description: 'All that are not revoked, the newest first',
    dto: () => ApiKeyDto,
    array: { maxItems: maxApiKeys },
  })
  keys!: ApiKeyDto[];
}

export class ApiKeyIdDto {
  @UuidField({ description: 'Id of the key' })
  keyId!: string;
}

export class ApiKeyExchangeDto {
  @StringField({ description: 'The whole key', minLength: 1, maxLength: 100 })
  key!: string;

  @StringField({ description: 'Network address that it came from', maxLength: 64 })
  address!: string;
}

export class ApiKeyGrantDto {
  @UuidField({ description: 'Id of the key; `sid` of the token' })
  keyId!: string;

  @StringField({ description: "Access token that may do what the key's scopes allow", maxLength: 4_000 })
  accessToken!: string;

  @InstantField({ description: 'End of the access token' })
  accessExpiresAt!: string;

  @IntField({ description: 'Requests a minute', min: 1, max: 100_000, optional: true, nullable: true })
  ratePerMinute?: number | null;
}

export const identityApiKeysRpc = {
  create: defineRpc({
    name: 'identity.apiKeys.create',
    input: ApiKeyDraftDto,
    output: NewApiKeyDto,
    access: 'user',
    does: 'Makes an API key for a program of the caller and shows it once (SMT-214).',
    errors: ['apiKey.tooMany'],
  }),
  list: defineRpc({
    name: 'identity.apiKeys.list',
    input: EmptyDto,
    output: ApiKeysDto,
    access: 'user',
    does: "The caller's API keys, without their secrets.",
    errors: [],
  }),
  revoke: defineRpc({
    name: 'identity.apiKeys.revoke',
    input: ApiKeyIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Revokes an own API key; it and every token made for it are refused at once. Doing it again is no error.',
    errors: ['apiKey.notFound'],
  }),
  exchange: defineRpc({
    name: 'identity.apiKeys.exchange',
    input: ApiKeyExchangeDto,
    output: ApiKeyGrantDto,
    access: 'service',
    callers: ['api-gateway'],
    does: 'Gives the gateway an access token for an API key, for the address that it came from.',
    errors: ['apiKey.invalid', 'apiKey.addressRefused'],
  }),
};
