import { Injectable } from '@nestjs/common';
import { DomainError, hasRole } from '@peyk/contracts';
import { identityEvents, maxUsernames } from '@peyk/contracts/identity';
import type { Role } from '@peyk/contracts';
import type {
  AccountCreateDto,
  AccountDetailsDto,
  AccountRolesDto,
  AccountsDto,
  AccountsQueryDto,
  AccountUpdateDto,
  SessionsEndOfDto,
  UsernameAddDto,
  UsernameRemoveDto,
} from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { actedBy, AuditLog } from '../audit/audit.service';
import type { ActedBy } from '../audit/audit.service';
import { decodeCursor, encodeCursor } from '../cursor';
import { SessionsService } from '../sessions/sessions.service';
import { SignInThrottle } from '../sign-in-safety/sign-in-throttle';
import { AccountInput } from '../accounts/account-input';
import { conditionsOf } from './account-search';
import type { Condition } from './account-search';
import {
  accountView,
  accountViewFrom,
  customerRoles,
  toDetailsDto,
  toSummaryDto,
} from '../accounts/account.views';
import type { AccountView } from '../accounts/account.views';
import { AccountsService } from '../accounts/accounts.service';
import type { AccountPatch, AccountState } from '../accounts/accounts.service';
import { PersonalData } from '../accounts/personal-data';
import { normalizeUsername } from '../accounts/username';

/** Only an admin touches those who can do more than look after themselves: nobody may climb by correcting a mobile. */
const staff: readonly Role[] = ['admin', 'support_agent', 'helpdesk_supervisor'];
const userRoles: readonly Role[] = ['sms_customer'];
const uuidForm = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Two that take usernames from each other may deadlock; one of them is run again. */
const retries = { retrySerialization: 2 } as const;

/** Who manages accounts: a reseller its own users, a support agent everybody but staff, an admin everybody. */
interface Manager extends ActedBy {
  readonly as: 'admin' | 'support' | 'reseller';
}

/**
 * Accounts in the hands of those who manage them (IDN-202, IDN-204, IDN-216, IDN-218). An account that the caller does
 * not reach is `account.notFound`, like one that never was.
 */
@Injectable()
export class AccountsAdminService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly throttle: SignInThrottle,
    private readonly personal: PersonalData,
    private readonly audit: AuditLog,
  ) {}

  /** @throws input.invalid for a foreign cursor */
  async list(input: AccountsQueryDto, caller: Caller): Promise<AccountsDto> {
    const { limit = 50 } = input;
    const before = decodeCursor(input.cursor, uuidForm);
    const conditions = [...conditionsOf(input, this.personal), ...reachOf(managerOf(caller))];
    if (before) conditions.push((parameter) => `a.id < ${parameter(before)}`);
    const found = await this.select(conditions, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      accounts: page.map((view) => toSummaryDto(view, this.personal)),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  /** @throws account.notFound */
  async read(accountId: string, caller: Caller): Promise<AccountDetailsDto> {
    const [view] = await this.select([isAccount(accountId), ...reachOf(managerOf(caller))], 1);
    if (!view) throw new DomainError('account.notFound');
    return toDetailsDto(view, this.personal);
  }

  /** With a national code its issued password is that (IDN-011, `IssuedPasswords`). */
  async create(draft: AccountCreateDto, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    const input = new AccountInput();
    const name = input.name(draft.name) ?? '';
    const usernames = input.usernames(draft.usernames, manager.as === 'reseller');
    const { roles, scopes } = input.grants(draft.grants);
    const nationalCode = input.nationalCode(draft.nationalCode);
    const mobile = input.mobile(draft.mobile);
    const email = input.email(draft.email);
    assertGives(manager, roles);
    requireEntry(input, roles, draft);
    input.assertValid();
    const resellerId = manager.as === 'reseller' ? manager.actor.accountId : draft.resellerId;
    const id = await this.transactions.run(async (tx) => {
      if (resellerId && manager.as !== 'reseller') await assertReseller(tx, resellerId);
      const mustSetPassword = Boolean(nationalCode);
      return this.accounts.insert(
        tx,
        {
          ...{ name, usernames, roles, scopes, nationalCode, mobile, email },
          ...{ resellerId, passwordHash: null, mustSetPassword },
        },
        manager,
      );
    }, retries);
    return this.read(id, caller);
  }

  /** @throws account.reasonMissing of a support agent who does not say why */
  async update(draft: AccountUpdateDto, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    const { accountId, resellerId, reason } = draft;
    const input = new AccountInput();
    const values = {
      name: input.name(draft.name),
      nationalCode: input.nationalCode(draft.nationalCode),
      mobile: input.mobile(draft.mobile),
      email: input.email(draft.email),
    };
    input.assertValid();
    if (resellerId !== undefined && manager.as !== 'admin') throw new DomainError('access.denied');
    if (manager.as === 'support' && !reason?.trim())
      throw new DomainError('account.reasonMissing', { field: 'reason' });
    await this.transactions.run(async (tx) => {
      if (resellerId) await assertReseller(tx, resellerId, accountId);
      await this.accounts.change(tx, accountId, 'account.updated', { ...manager, reason }, (account) => {
        assertManages(manager, account);
        assertKeepsEntry(account, values);
        return given({ ...values, resellerId });
      });
    });
    return this.read(accountId, caller);
  }

  async setRoles({ accountId, grants }: AccountRolesDto, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    const input = new AccountInput();
    const { roles, scopes } = input.grants(grants);
    input.assertValid();
    assertGives(manager, roles);
    await this.transactions.run((tx) =>
      this.accounts.change(tx, accountId, 'account.roles_set', manager, (account) => {
        assertManages(manager, account);
        return { roles, scopes };
      }),
    );
    return this.read(accountId, caller);
  }

  async disable(accountId: string, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    assertOther(manager, accountId);
    await this.transactions.run(async (tx) => {
      await this.accounts.change(tx, accountId, 'account.disabled', manager, (account) => {
        assertManages(manager, account);
        return { disabled: true };
      });
      await this.sessions.endAll(tx, accountId, 'account_disabled');
    });
    return this.read(accountId, caller);
  }

  async enable(accountId: string, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    await this.transactions.run((tx) =>
      this.accounts.change(tx, accountId, 'account.enabled', manager, (account) => {
        assertManages(manager, account);
        return { disabled: false };
      }),
    );
    return this.read(accountId, caller);
  }

  async signOut(accountId: string, caller: Caller): Promise<void> {
    const manager = managerOf(caller);
    await this.transactions.run(async (tx) => {
      await this.hold(tx, manager, accountId);
      await this.sessions.endAll(tx, accountId, 'ended_by_admin');
      await this.audit.record(tx, { action: 'account.signed_out', ...manager, accountId });
    });
  }

  async unlock(accountId: string, caller: Caller): Promise<void> {
    const manager = managerOf(caller);
    await this.transactions.run(async (tx) => {
      await this.hold(tx, manager, accountId);
      await this.throttle.forgive(tx, accountId);
      await this.audit.record(tx, { action: 'account.unlocked', ...manager, accountId });
    });
  }

  /**
   * `takeOver` moves the username here from the account that has it, which may be left without any: then nobody can
   * sign in to that one until it is given another.
   */
  async addUsername(draft: UsernameAddDto, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    const { accountId, kind, takeOver = false } = draft;
    if (takeOver && manager.as !== 'admin') throw new DomainError('access.denied');
    const username = normalizeUsername(draft.username);
    if (manager.as === 'reseller') {
      const input = new AccountInput();
      input.checkChosen('', username, kind);
      input.assertValid();
    }
    await this.transactions.run(async (tx) => {
      await this.hold(tx, manager, accountId);
      const [count] = await query<{ has: number; owns: boolean }>(
        tx,
        `SELECT count(*)::int AS has, coalesce(bool_or(username = $2), false) AS owns FROM usernames WHERE account_id = $1`,
        [accountId, username],
      );
      if (count?.owns) return;
      if ((count?.has ?? 0) >= maxUsernames) refuseField('username', 'arrayMaxSize');
      const [from] = takeOver
        ? await query<{ account_id: string; kind: string }>(
            tx,
            'DELETE FROM usernames WHERE username = $1 RETURNING account_id, kind',
            [username],
          )
        : [];
      await this.accounts.giveUsernames(tx, accountId, [{ username, kind }]);
      await this.audit.record(
        tx,
        ...(from
          ? [
              {
                action: 'account.username_removed',
                ...manager,
                accountId: from.account_id,
                before: { username, kind: from.kind },
              },
            ]
          : []),
        { action: 'account.username_added', ...manager, accountId, after: { username, kind } },
      );
    }, retries);
    return this.read(accountId, caller);
  }

  async removeUsername(draft: UsernameRemoveDto, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    const { accountId } = draft;
    const username = normalizeUsername(draft.username);
    await this.transactions.run(async (tx) => {
      // Two removals at once come one after the other: the second sees that only one is left.
      await this.hold(tx, manager, accountId);
      const [removed] = await query<{ kind: string }>(
        tx,
        'DELETE FROM usernames WHERE account_id = $1 AND username = $2 RETURNING kind',
        [accountId, username],
      );
      if (!removed) throw new DomainError('account.usernameNotFound', { field: 'username' });
      const left = await query(tx, 'SELECT 1 FROM usernames WHERE account_id = $1 LIMIT 1', [accountId]);
      if (left.length === 0) throw new DomainError('account.lastUsername', { field: 'username' });
      await this.audit.record(tx, {
        action: 'account.username_removed',
        ...manager,
        accountId,
        before: { username, kind: removed.kind },
      });
    }, retries);
    return this.read(accountId, caller);
  }

  /** Nobody sees the password that is issued: it is the national code that the person knows (`IssuedPasswords`). */
  async issuePassword(accountId: string, caller: Caller): Promise<AccountDetailsDto> {
    const manager = managerOf(caller);
    assertOther(manager, accountId);
    await this.transactions.run(async (tx) => {
      await this.accounts.change(tx, accountId, 'account.password_issued', manager, (account) => {
        assertManages(manager, account);
        if (account.nationalCode === null) throw new DomainError('account.nationalCodeMissing');
        return { password: { hash: null, mustSet: true } };
      });
      await this.sessions.endAll(tx, accountId, 'password_changed');
      await this.outbox.add(tx, identityEvents.passwordChanged, `account:${accountId}`, {
        accountId,
        how: 'set_by_admin',
        at: new Date().toISOString(),
      });
    });
    return this.read(accountId, caller);
  }

  /** For other programs of the platform, as when a school profile was made final (IDN-019). */
  async endSessionsOf({ accountId, reason }: SessionsEndOfDto, caller: Caller): Promise<void> {
    const { actor } = managerOf(caller);
    await this.transactions.run(async (tx) => {
      if ((await this.sessions.endAll(tx, accountId, reason)) === 0) return;
      await this.audit.record(tx, { action: 'account.signed_out', actor, accountId, after: { reason } });
    });
  }

  /** The account with its row locked. @throws account.notFound, access.denied */
  private async hold(tx: EntityManager, manager: Manager, accountId: string): Promise<AccountState> {
    const account = await this.accounts.lock(tx, accountId);
    assertManages(manager, account);
    return account;
  }

  private select(conditions: readonly Condition[], limit: number): Promise<AccountView[]> {
    const parameters: unknown[] = [];
    const parameter = (value: unknown): string => `$${parameters.push(value)}`;
    const where = conditions.map((condition) => condition(parameter)).join(' AND ') || 'true';
    return query<AccountView>(
      this.dataSource,
      `SELECT ${accountView} FROM ${accountViewFrom} WHERE ${where} ORDER BY a.id DESC LIMIT ${parameter(limit)}`,
      parameters,
    );
  }
}

function managerOf(caller: Caller): Manager {
  const { principal, reach } = caller;
  const by = actedBy(caller);
  if (principal?.kind !== 'user') return { ...by, as: 'admin' };
  if (reach !== 'any' && reach !== 'users') throw new DomainError('access.denied');
  if (reach === 'users') return { ...by, as: 'reseller' };
  return { ...by, as: hasRole(principal, 'admin') ? 'admin' : 'support' };
}

/** An account that an admin gave further roles is no longer its reseller's to manage. */
function reachOf({ as, actor }: Manager): Condition[] {
  if (as !== 'reseller') return [];
  return [
    (parameter) =>
      `a.reseller_id = ${parameter(actor.accountId)} AND a.roles <@ ${parameter([...userRoles])}::text[]`,
  ];
}

function assertManages({ as, actor }: Manager, account: AccountState): void {
  const isOwnUser =
    account.resellerId === actor.accountId && account.roles.every((role) => userRoles.includes(role));
  if (as === 'reseller' && !isOwnUser) throw new DomainError('account.notFound');
  if (as === 'support' && account.roles.some((role) => staff.includes(role)))
    throw new DomainError('access.denied');
}

function assertGives({ as }: Manager, roles: readonly Role[]): void {
  if (as !== 'admin' && !roles.every((role) => userRoles.includes(role)))
    throw new DomainError('access.denied', { field: 'grants' });
}

/**
 * What opens a new account: the national code is the first password (IDN-011), a code goes to the mobile. Without both
 * nobody ever gets in; of customers and resellers, who get in by themselves, both are known.
 */
function requireEntry(
  input: AccountInput,
  roles: readonly Role[],
  { mobile, nationalCode }: Pick<AccountCreateDto, 'mobile' | 'nationalCode'>,
): void {
  const isCustomer = roles.some((role) => customerRoles.includes(role));
  const isMissing = (value: string | null | undefined): boolean => value === undefined || value === null;
  if (isMissing(nationalCode) && (isCustomer || isMissing(mobile)))
    input.refuse('nationalCode', 'required', 'the first password is the national code');
  if (isMissing(mobile) && isCustomer)
    input.refuse('mobile', 'required', 'codes go to the mobile of a customer');
}

/** What a customer's entry needs is corrected, not removed. */
function assertKeepsEntry(
  { roles, mobile, nationalCode }: AccountState,
  values: Pick<AccountPatch, 'mobile' | 'nationalCode'>,
): void {
  if (!roles.some((role) => customerRoles.includes(role))) return;
  const input = new AccountInput();
  if (mobile !== null && values.mobile === null)
    input.refuse('mobile', 'required', 'codes go to the mobile of a customer');
  if (nationalCode !== null && values.nationalCode === null)
    input.refuse('nationalCode', 'required', 'the national code of a customer stays known');
  input.assertValid();
}

function assertOther({ actor }: Manager, accountId: string): void {
  if (actor.accountId === accountId) throw new DomainError('account.self');
}

async function assertReseller(tx: EntityManager, id: string, userId?: string): Promise<void> {
  const found = await query(
    tx,
    `SELECT 1 FROM accounts WHERE id = $1 AND roles @> '{reseller}' AND NOT disabled FOR KEY SHARE`,
    [id],
  );
  if (found.length === 0 || id === userId) refuseField('resellerId', 'reseller');
}

function refuseField(field: string, rule: string): never {
  const input = new AccountInput();
  input.refuse(field, rule, `${field} is not valid`);
  input.assertValid();
  throw new Error('unreachable');
}

function isAccount(id: string): Condition {
  return (parameter) => `a.id = ${parameter(id)}`;
}

/** Without what was not given. */
function given(patch: { [K in keyof AccountPatch]: AccountPatch[K] | undefined }): AccountPatch {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
