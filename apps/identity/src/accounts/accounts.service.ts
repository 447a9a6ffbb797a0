import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { identityEvents } from '@peyk/contracts/identity';
import type { Role, RoleScopes } from '@peyk/contracts';
import type {
  AccountChangedDto,
  AccountDto,
  ChangerRole,
  SignUpKind,
  UsernameDto,
} from '@peyk/contracts/identity';
import { execute, query, uuidv7, violatedConstraint } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit.service';
import type { ActedBy } from '../audit/audit.service';
import { ContactChanges } from './contact-changes';
import { masked, PersonalData } from './personal-data';
import { normalizeUsername } from './username';

/** Everything that an account may begin with. Values are in their normal forms; usernames are normalised here. */
export interface AccountDraft {
  /** UUID v7; made here unless given. */
  readonly id?: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scopes?: RoleScopes;
  readonly usernames: readonly UsernameDto[];
  readonly nationalCode?: string | null;
  /** E.164 digits, `989121234567`. */
  readonly mobile?: string | null;
  /** Refuse a mobile that another account has; two pre-registered persons may share one. */
  readonly mobileUnique?: boolean;
  /** Lower case. */
  readonly email?: string | null;
  /** Null: no password opens the account until one is set. */
  readonly passwordHash: string | null;
  /** The password was given by somebody else (IDN-207). */
  readonly mustSetPassword?: boolean;
  readonly resellerId?: string | null;
  readonly referralCode?: string | null;
  readonly referrerId?: string | null;
  /** Version of the terms that were accepted just now (IDN-032). */
  readonly termsVersion?: number | null;
  /** Present: it signs itself up. */
  readonly signedUp?: { readonly as: SignUpKind; readonly plan?: string };
}

/** Who changes an account, for the audit log. */
export interface ChangedBy extends ActedBy {
  readonly reason?: string;
  /** As what they act, where it is somebody else's account. */
  readonly as?: ChangerRole;
}

/** An account as `change` finds it, its row locked. */
export interface AccountState {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scopes: RoleScopes;
  readonly disabled: boolean;
  readonly stamp: number;
  readonly resellerId: string | null;
  readonly email: string | null;
  readonly nationalCode: string | null;
  readonly mobile: string | null;
  readonly passwordHash: string | null;
  readonly mustSetPassword: boolean;
}

/** What is to be different; what is absent stays, null removes. */
export interface AccountPatch {
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly scopes?: RoleScopes;
  readonly disabled?: boolean;
  readonly resellerId?: string | null;
  readonly email?: string | null;
  readonly nationalCode?: string | null;
  readonly mobile?: string | null;
  readonly mobileUnique?: boolean;
  readonly password?: { readonly hash: string | null; readonly mustSet: boolean };
}

export function toAccountDto(account: AccountDto): AccountDto {
  const { id, username, name, roles } = account;
  return { id, username, name, roles };
}

/**
 * SQL: whose people an account is among, a reseller's or the site's own. E-mails and national codes are unique there: a
 * reseller must not learn by a refusal that somebody else has one.
 */
export const tenantOf = `coalesce(reseller_id, '00000000-0000-0000-0000-000000000000'::uuid)`;

/** SQL: the first username of account `a`; empty while it has none, its code having gone to another person. */
export const usernameOf = `coalesce((SELECT u.username FROM usernames u WHERE u.account_id = a.id
  ORDER BY u.created_at, u.username LIMIT 1), '') AS username`;

interface Contacts {
  readonly email?: string | null;
  readonly nationalCode?: string | null;
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly roles: Role[];
  readonly scopes: RoleScopes;
  readonly disabled: boolean;
  readonly permission_stamp: number;
  readonly reseller_id: string | null;
  readonly email: string | null;
  readonly national_code_sealed: Buffer | null;
  readonly mobile_sealed: Buffer | null;
  readonly password_hash: string | null;
  readonly must_set_password: boolean;
}

@Injectable()
export class AccountsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly personal: PersonalData,
    private readonly audit: AuditLog,
    private readonly contacts: ContactChanges,
  ) {}

  /**
   * Makes an account with its usernames, event and audit entry. One who loses a race for a username, national code or
   * e-mail learns which; the transaction then has to be rolled back, to a savepoint at least.
   * @returns its id
   * @throws account.usernameTaken, account.nationalCodeTaken, account.emailTaken, account.mobileTaken (`details.field`)
   */
  async insert(tx: EntityManager, draft: AccountDraft, by: ChangedBy): Promise<string> {
    const { id = uuidv7(), name, scopes = {}, nationalCode, mobile, email, passwordHash, resellerId } = draft;
    const roles = [...draft.roles];
    const usernames = draft.usernames
      .map(({ username, kind }) => ({ username: normalizeUsername(username), kind }))
      // One order for all: two that want each other's names wait once instead of for ever.
      .sort((a, b) => (a.username < b.username ? -1 : 1));
    if (mobile && draft.mobileUnique) await this.claimMobile(tx, id, mobile);
    await this.assertFree(tx, { id, resellerId: resellerId ?? null, email, nationalCode });
    const inserted = await query(
      tx,
      `INSERT INTO accounts (id, name, roles, scopes, password_hash, password_set_at, must_set_password,
         national_code_sealed, national_code_index, mobile_sealed, mobile_index, email, reseller_id, referral_code,
         referrer_id, terms_version, terms_accepted_at)
       VALUES ($1, $2, $3, $4, $5, CASE WHEN $5::text IS NOT NULL THEN now() END, $6, $7, $8, $9, $10, $11, $12, $13, $14,
         $15, CASE WHEN $15::int IS NOT NULL THEN now() END)
       ON CONFLICT (${tenantOf}, national_code_index) DO NOTHING RETURNING id`,
      [
        id,
        name,
        roles,
        scopes,
        passwordHash,
        draft.mustSetPassword ?? false,
        nationalCode ? this.personal.seal(id, 'nationalCode', nationalCode) : null,
        nationalCode ? this.personal.indexOf('nationalCode', nationalCode) : null,
        mobile ? this.personal.seal(id, 'mobile', mobile) : null,
        mobile ? this.personal.indexOf('mobile', mobile) : null,
        email ?? null,
        resellerId ?? null,
        draft.referralCode ?? null,
        draft.referrerId ?? null,
        draft.termsVersion ?? null,
      ],
    ).catch(throwTaken);
    if (inserted.length === 0) throw new DomainError('account.nationalCodeTaken', { field: 'nationalCode' });
    await this.giveUsernames(tx, id, usernames);
    await this.outbox.add(tx, identityEvents.accountCreated, aggregateOf(id), {
      ...changedDto({ id, name, roles, scopes, disabled: false, stamp: 1, resellerId: resellerId ?? null }),
      ...(draft.signedUp && { signedUpAs: draft.signedUp.as }),
      ...(draft.signedUp?.plan !== undefined && { plan: draft.signedUp.plan }),
      ...(draft.referrerId && { referrerId: draft.referrerId }),
    });
    await this.audit.record(tx, {
      action: 'account.created',
      ...by,
      accountId: id,
      after: audited({ name, roles, scopes, nationalCode, mobile, email, resellerId, usernames }),
    });
    return id;
  }

  /**
   * The one way to change an account. Locks its row, asks `mutate` what is to be different, and stores that with audit
   * entry (`action`, only the changed fields) and event. Roles, scopes, password and `disabled` raise the stamp: older
   * access tokens are refused everywhere. Nothing different: nothing is stored. Ending sessions is the caller's.
   * @returns the account after it
   * @throws account.notFound, account.nationalCodeTaken, account.emailTaken, account.mobileTaken, account.lastAdmin, and
   *   whatever `mutate` throws
   */
  async change(
    tx: EntityManager,
    accountId: string,
    action: string,
    by: ChangedBy,
    mutate: (account: AccountState) => AccountPatch | Promise<AccountPatch>,
  ): Promise<AccountState> {
    const before = await this.lock(tx, accountId);
    const { password, mobileUnique, ...fields } = await mutate(before);
    const after: AccountState = {
      ...before,
      ...fields,
      ...(password && { passwordHash: password.hash, mustSetPassword: password.mustSet }),
    };
    const changed = changedKeys(before, after);
    if (changed.length === 0) return before;
    const has = (...keys: (keyof AccountState)[]): boolean => keys.some((key) => changed.includes(key));
    const permits = has('roles', 'scopes', 'disabled', 'passwordHash', 'mustSetPassword');
    if (has('roles', 'disabled')) await keepAnAdmin(tx, before, after);
    if (has('mobile') && after.mobile && mobileUnique) await this.claimMobile(tx, accountId, after.mobile);
    if (has('email', 'nationalCode', 'resellerId')) await this.assertFree(tx, after);
    const sealed = (field: 'nationalCode' | 'mobile'): Buffer | null =>
      after[field] === null ? null : this.personal.seal(accountId, field, after[field]);
    const indexed = (field: 'nationalCode' | 'mobile'): Buffer | null =>
      after[field] === null ? null : this.personal.indexOf(field, after[field]);
    const [row] = await query<{ permission_stamp: number }>(
      tx,
      `UPDATE accounts SET name = $2, roles = $3, scopes = $4, disabled = $5, reseller_id = $6, email = $7,
         national_code_sealed = CASE WHEN $8 THEN $9 ELSE national_code_sealed END,
         national_code_index = CASE WHEN $8 THEN $10 ELSE national_code_index END,
         mobile_sealed = CASE WHEN $11 THEN $12 ELSE mobile_sealed END,
         mobile_index = CASE WHEN $11 THEN $13 ELSE mobile_index END,
         mobile_changed_at = CASE WHEN $11 THEN now() ELSE mobile_changed_at END,
         email_changed_at = CASE WHEN $18 THEN now() ELSE email_changed_at END,
         password_hash = $14, must_set_password = $15,
         password_set_at = CASE WHEN $16 THEN now() ELSE password_set_at END,
         permission_stamp = permission_stamp + CASE WHEN $17 THEN 1 ELSE 0 END,
         updated_at = now()
       WHERE id = $1 RETURNING permission_stamp`,
      [
        accountId,
        after.name,
        [...after.roles],
        after.scopes,
        after.disabled,
        after.resellerId,
        after.email,
        has('nationalCode'),
        has('nationalCode') ? sealed('nationalCode') : null,
        has('nationalCode') ? indexed('nationalCode') : null,
        has('mobile'),
        has('mobile') ? sealed('mobile') : null,
        has('mobile') ? indexed('mobile') : null,
        after.passwordHash,
        after.mustSetPassword,
        has('passwordHash'),
        permits,
        has('email'),
      ],
    ).catch(throwTaken);
    const state = { ...after, stamp: row?.permission_stamp ?? after.stamp };
    if (permits || has('name', 'resellerId')) {
      const gone = has('disabled') && state.disabled;
      await this.outbox.add(
        tx,
        gone ? identityEvents.accountDisabled : identityEvents.accountUpdated,
        aggregateOf(accountId),
        changedDto(state),
      );
    }
    await this.contacts.note(tx, before, state, by);
    const shown = (of: AccountState): object =>
      audited(Object.fromEntries(changed.map((key) => [key, of[key]])));
    await this.audit.record(tx, {
      action,
      ...by,
      accountId,
      before: shown(before),
      after: shown(state),
    });
    return state;
  }

  /**
   * Gives an account further usernames, normalised. Events and audit are the caller's.
   * @throws account.usernameTaken with the `username`, input.invalid for one of which nothing is left
   */
  async giveUsernames(
    tx: EntityManager,
    accountId: string,
    usernames: readonly UsernameDto[],
  ): Promise<void> {
    for (const { username, kind } of usernames) {
      if (username === '')
        throw new DomainError('input.invalid', {
          fields: [{ field: 'username', rule: 'required', message: 'username must not be empty' }],
        });
      const given = await execute(
        tx,
        'INSERT INTO usernames (username, account_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [username, accountId, kind],
      );
      if (given === 0) throw new DomainError('account.usernameTaken', { field: 'username', username });
    }
  }

  /** @throws account.notFound also of a disabled account */
  async read(id: string): Promise<AccountDto> {
    const [account] = await query<AccountDto>(
      this.dataSource,
      `SELECT a.id, ${usernameOf}, a.name, a.roles FROM accounts a WHERE a.id = $1 AND NOT a.disabled`,
      [id],
    );
    if (!account) throw new DomainError('account.notFound');
    return toAccountDto(account);
  }

  /** The account with its row locked until the transaction ends. @throws account.notFound */
  async lock(tx: EntityManager, id: string): Promise<AccountState> {
    const [row] = await query<AccountRow>(
      tx,
      `SELECT id, name, roles, scopes, disabled, permission_stamp, reseller_id, email, national_code_sealed, mobile_sealed,
         password_hash, must_set_password
       FROM accounts WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row) throw new DomainError('account.notFound');
    const opened = (field: 'nationalCode' | 'mobile', sealed: Buffer | null): string | null =>
      sealed && this.personal.open(id, field, sealed);
    return {
      id,
      name: row.name,
      roles: row.roles,
      scopes: row.scopes,
      disabled: row.disabled,
      stamp: row.permission_stamp,
      resellerId: row.reseller_id,
      email: row.email,
      nationalCode: opened('nationalCode', row.national_code_sealed),
      mobile: opened('mobile', row.mobile_sealed),
      passwordHash: row.password_hash,
      mustSetPassword: row.must_set_password,
    };
  }

  /**
   * Asked before it is written: a unique index that refuses leaves the value in PostgreSQL's log. It still decides races.
   * @throws account.emailTaken, account.nationalCodeTaken
   */
  private async assertFree(
    tx: EntityManager,
    { id, resellerId, email, nationalCode }: Pick<AccountState, 'id' | 'resellerId'> & Contacts,
  ): Promise<void> {
    const index = nationalCode ? this.personal.indexOf('nationalCode', nationalCode) : null;
    const taken = await query<{ email: boolean }>(
      tx,
      `SELECT coalesce(email = $2, false) AS email FROM accounts
       WHERE (email = $2 OR national_code_index = $3) AND ${tenantOf} = coalesce($4, '00000000-0000-0000-0000-000000000000'::uuid)
         AND id <> $1`,
      [id, email ?? null, index, resellerId],
    );
    if (taken.length === 0) return;
    if (taken.some((one) => one.email)) throw new DomainError('account.emailTaken', { field: 'email' });
    throw new DomainError('account.nationalCodeTaken', { field: 'nationalCode' });
  }

  /** Two that want one mobile for themselves come one after the other. */
  private async claimMobile(tx: EntityManager, accountId: string, mobile: string): Promise<void> {
    const index = this.personal.indexOf('mobile', mobile);
    await query(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [index.toString('hex')]);
    const taken = await query(tx, 'SELECT 1 FROM accounts WHERE mobile_index = $1 AND id <> $2 LIMIT 1', [
      index,
      accountId,
    ]);
    if (taken.length > 0) throw new DomainError('account.mobileTaken', { field: 'mobile' });
  }
}

/** Somebody must be left who can give roles: two admins who demote each other come one after the other. */
async function keepAnAdmin(tx: EntityManager, before: AccountState, after: AccountState): Promise<void> {
  const administers = (of: AccountState): boolean => of.roles.includes('admin') && !of.disabled;
  if (!administers(before) || administers(after)) return;
  await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('admins', 0))`);
  const others = await query(
    tx,
    `SELECT 1 FROM accounts WHERE 'admin' = ANY(roles) AND NOT disabled AND id <> $1 LIMIT 1`,
    [before.id],
  );
  if (others.length === 0) throw new DomainError('account.lastAdmin');
}

function changedKeys(before: AccountState, after: AccountState): (keyof AccountState)[] {
  return (Object.keys(before) as (keyof AccountState)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

/** Field values as the audit log may keep them. */
export function audited(values: Readonly<Record<string, unknown>>): object {
  const shown = Object.entries(values).map(([key, value]) => {
    if ((key === 'nationalCode' || key === 'mobile' || key === 'email') && typeof value === 'string')
      return [key, masked(key, value)];
    if (key === 'passwordHash') return ['password', value === null ? null : '***'];
    return [key, value];
  });
  return Object.fromEntries(shown) as object;
}

export function changedDto(
  account: Pick<AccountState, 'id' | 'name' | 'roles' | 'scopes' | 'disabled' | 'stamp' | 'resellerId'>,
): AccountChangedDto {
  const { id, name, roles, scopes, disabled, stamp, resellerId } = account;
  return {
    accountId: id,
    name,
    grants: roles.map((role) => ({ role, scopes: [...(scopes[role] ?? [])] })),
    disabled,
    ...(resellerId && { resellerId }),
    stamp,
  };
}

export function aggregateOf(accountId: string): string {
  return `account:${accountId}`;
}

function throwTaken(error: unknown): never {
  switch (violatedConstraint(error)) {
    case 'accounts_email_key':
      throw new DomainError('account.emailTaken', { field: 'email' });
    case 'accounts_national_code_index_key':
      throw new DomainError('account.nationalCodeTaken', { field: 'nationalCode' });
    default:
      throw error;
  }
}
