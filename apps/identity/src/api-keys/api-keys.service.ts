import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { identityEvents, maxApiKeys } from '@peyk/contracts/identity';
import type { FieldError, KeyScope, RoleScopes } from '@peyk/contracts';
import type {
  AccountDto,
  ApiKeyDraftDto,
  ApiKeyDto,
  ApiKeyExchangeDto,
  ApiKeyGrantDto,
  ApiKeysDto,
  NewApiKeyDto,
} from '@peyk/contracts/identity';
import { execute, query, Transactions, uuidv7, pruneRows } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { isSeen } from '@peyk/persian';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { AuditLog } from '../audit/audit.service';
import type { ActedBy } from '../audit/audit.service';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { SigningKeysService } from '../keys/signing-keys.service';
import { accessTokenSeconds, signAccessToken } from '../sessions/access-token';
import { apiKeyPrefix, newApiKeySecret, readApiKey, writeApiKey } from './api-key';
import type { ApiKeyParts } from './api-key';
import { networkOf, plainAddress } from './networks';
import { identityLives } from '../retention';

/** A use is written down at most so often. */
const noteUseEvery = `interval '1 minute'`;

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: KeyScope[];
  readonly addresses: string[];
  readonly rate_per_minute: number | null;
  readonly expires_at: Date | null;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly last_used_address: string | null;
}
// Not `addresses::text[]`, which would drop the prefix of a single address.
const keyColumns = `k.id, k.name, k.scopes, ARRAY(SELECT text(n) FROM unnest(k.addresses) AS n) AS addresses,
  k.rate_per_minute, k.expires_at, k.created_at, k.last_used_at, k.last_used_address`;

interface UsedKey extends KeyRow {
  readonly secret_hash: Buffer;
  readonly from_here: boolean;
  readonly account_id: string;
  readonly account_name: string;
  readonly roles: AccountDto['roles'];
  readonly role_scopes: RoleScopes;
  readonly permission_stamp: number;
}

const exchanges = counter('api_key_exchanges_total', 'API keys exchanged for access tokens', ['outcome']);

/** Keys with which customers' programs come in (SMT-214). */
@Injectable()
export class ApiKeysService {
  private readonly hashKey: Buffer;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly signingKeys: SigningKeysService,
    config: IdentityConfig,
  ) {
    this.hashKey = deriveKey(config.hashSecret, 'api-keys');
  }

  /** @throws input.invalid, apiKey.tooMany (`max`), account.notFound of a disabled account */
  async create(accountId: string, draft: ApiKeyDraftDto, by: ActedBy): Promise<NewApiKeyDto> {
    const checked = check(draft);
    const parts = { id: uuidv7(), secret: newApiKeySecret() };
    const row = await this.transactions.run(async (tx) => {
      // Locks the account: keys are made one after the other, and counted.
      const accounts = await execute(tx, 'SELECT FROM accounts WHERE id = $1 AND NOT disabled FOR UPDATE', [
        accountId,
      ]);
      if (accounts === 0) throw new DomainError('account.notFound');
      const [created] = await query<KeyRow>(
        tx,
        `INSERT INTO api_keys AS k (id, account_id, name, secret_hash, scopes, addresses, rate_per_minute, expires_at, created_at)
         SELECT $1, $2, $3, $4, $5, ARRAY(SELECT DISTINCT network(n::inet) FROM unnest($6::text[]) AS n), $7, $8, now()
         WHERE (SELECT count(*) FROM api_keys WHERE account_id = $2 AND revoked_at IS NULL) < ${maxApiKeys}
         RETURNING ${keyColumns}`,
        [
          parts.id,
          accountId,
          checked.name,
          this.hashOf(parts),
          checked.scopes,
          checked.networks,
          draft.ratePerMinute ?? null,
          checked.expiresAt,
        ],
      );
      if (!created) throw new DomainError('apiKey.tooMany', { max: maxApiKeys });
      await this.audit.record(tx, { action: 'api_key.created', ...by, accountId, after: toDto(created) });
      return created;
    });
    return { key: writeApiKey(parts), apiKey: toDto(row) };
  }

  async list(accountId: string): Promise<ApiKeysDto> {
    const rows = await query<KeyRow>(
      this.dataSource,
      `SELECT ${keyColumns} FROM api_keys k WHERE k.account_id = $1 AND k.revoked_at IS NULL
       ORDER BY k.id DESC LIMIT ${maxApiKeys}`,
      [accountId],
    );
    return { keys: rows.map(toDto) };
  }

  /** From its commit on no key is exchanged; its event refuses the tokens that were. @throws apiKey.notFound */
  async revoke(accountId: string, keyId: string, by: ActedBy): Promise<void> {
    await this.transactions.run(async (tx) => {
      const [key] = await query<KeyRow & { revoked_at: Date | null }>(
        tx,
        `SELECT ${keyColumns}, k.revoked_at FROM api_keys k WHERE k.id = $1 AND k.account_id = $2 FOR UPDATE`,
        [keyId, accountId],
      );
      if (!key) throw new DomainError('apiKey.notFound');
      if (key.revoked_at) return;
      await execute(tx, 'UPDATE api_keys SET revoked_at = now() WHERE id = $1', [keyId]);
      await this.outbox.add(tx, identityEvents.sessionEnded, `session:${keyId}`, {
        sessionId: keyId,
        accountId,
        reason: 'key_revoked',
      });
      await this.audit.record(tx, { action: 'api_key.revoked', ...by, accountId, before: toDto(key) });
    });
  }

  /**
   * An access token for the program that has the key. Unknown, wrong, revoked, expired, of a disabled account: one answer.
   * @throws apiKey.invalid, apiKey.addressRefused
   */
  async exchange({ key: text, address: from }: ApiKeyExchangeDto): Promise<ApiKeyGrantDto> {
    const parts = readApiKey(text);
    if (!parts) return this.refuse('apiKey.invalid');
    const address = plainAddress(from) ?? null;
    const [key] = await query<UsedKey>(
      this.dataSource,
      `SELECT ${keyColumns}, k.secret_hash, cardinality(k.addresses) = 0 OR coalesce($2::inet <<= ANY (k.addresses), false)
           AS from_here, a.id AS account_id, a.name AS account_name, a.roles, a.scopes AS role_scopes, a.permission_stamp
       FROM api_keys k JOIN accounts a ON a.id = k.account_id
       WHERE k.id = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()) AND NOT a.disabled`,
      [parts.id, address],
    );
    const hash = this.hashOf(parts);
    if (!key || !timingSafeEqual(key.secret_hash, hash)) return this.refuse('apiKey.invalid');
    if (!key.from_here) return this.refuse('apiKey.addressRefused');
    await execute(
      this.dataSource,
      `UPDATE api_keys SET last_used_at = now(), last_used_address = $2
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - ${noteUseEvery})`,
      [key.id, address],
    );
    exchanges.inc({ outcome: 'ok' });
    const endsAt = Math.min(Date.now() + accessTokenSeconds * 1_000, key.expires_at?.getTime() ?? Infinity);
    const access = signAccessToken(await this.signingKeys.current(), {
      id: key.id,
      expiresAt: new Date(endsAt),
      account: { id: key.account_id, username: '', name: key.account_name, roles: key.roles },
      scopes: key.role_scopes,
      permissionStamp: key.permission_stamp,
      keyScopes: key.scopes,
    });
    return { keyId: key.id, ...access, ratePerMinute: key.rate_per_minute };
  }

  /** Forgets keys that were revoked 90 days ago, a page of them. @returns how many */
  forgetRevoked(): Promise<number> {
    return pruneRows(this.dataSource, 'api_keys', identityLives().api_keys);
  }

  private hashOf({ id, secret }: ApiKeyParts): Buffer {
    return createHmac('sha256', this.hashKey).update(`${id} ${secret}`).digest();
  }

  private refuse(code: 'apiKey.invalid' | 'apiKey.addressRefused'): never {
    exchanges.inc({ outcome: 'refused' });
    throw new DomainError(code);
  }
}

function toDto(row: KeyRow): ApiKeyDto {
  return {
    id: row.id,
    name: row.name,
    prefix: apiKeyPrefix(row.id),
    scopes: row.scopes,
    addresses: row.addresses,
    ratePerMinute: row.rate_per_minute,
    expiresAt: row.expires_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedAddress: row.last_used_address,
  };
}

/** What the contract's class cannot say. Throws input.invalid with every wrong field. */
function check(draft: ApiKeyDraftDto): {
  name: string;
  scopes: KeyScope[];
  networks: string[];
  expiresAt: Date | null;
} {
  const fields: FieldError[] = [];
  const name = draft.name.replace(/\p{Cc}/gu, ' ').trim();
  if (!isSeen(name)) fields.push({ field: 'name', rule: 'required', message: 'name must not be blank' });
  if (draft.scopes.length === 0)
    fields.push({ field: 'scopes', rule: 'required', message: 'scopes must hold at least one' });
  const networks = (draft.addresses ?? []).map((typed, index) => {
    const network = networkOf(typed);
    if (network === undefined)
      fields.push({ field: `addresses[${index}]`, rule: 'network', message: 'must be an address or a CIDR' });
    return network ?? '';
  });
  const expiresAt = draft.expiresAt ? new Date(draft.expiresAt) : null;
  if (expiresAt && expiresAt.getTime() <= Date.now())
    fields.push({ field: 'expiresAt', rule: 'future', message: 'expiresAt must be in the future' });
  if (fields.length > 0) throw new DomainError('input.invalid', { fields });
  return { name, scopes: [...new Set(draft.scopes)], networks, expiresAt };
}
