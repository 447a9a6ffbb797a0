import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { identityEvents } from '@peyk/contracts/identity';
import type { Role, RoleScopes } from '@peyk/contracts';
import type { UsernameKind } from '@peyk/contracts/identity';
import { execute, query, uuidv7 } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import type { EntityManager } from 'typeorm';
import { aggregateOf, audited, changedDto } from '../accounts/accounts.service';
import { PersonalData } from '../accounts/personal-data';
import { AuditLog } from '../audit/audit.service';
import type { AuditEntry } from '../audit/audit.service';
import { ContactChanges } from '../accounts/contact-changes';
import { peopleRules } from './import-kinds';
import type { PeopleKind } from './import-kinds';
import type { PersonRow } from './import-row';
import { planPeople } from './people-plan';
import type {
  IndexedRow,
  KnownPerson,
  PeoplePlan,
  PersonChange,
  PersonState,
  RowOutcome,
} from './people-plan';

const turnPeople = 200;

/** For whom a batch is written. */
export interface ImportedBy {
  readonly importId: string;
  readonly accountId: string;
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly roles: Role[];
  readonly scopes: RoleScopes;
  readonly disabled: boolean;
  readonly permission_stamp: number;
  readonly reseller_id: string | null;
  readonly national_code_index: Buffer | null;
  readonly mobile_sealed: Buffer | null;
  readonly mobile_index: Buffer | null;
  readonly email: string | null;
}

/**
 * Brings people in, a batch at a time, in a handful of statements whatever its size. Passwords are not touched: a new
 * account is opened by its national code until it sets an own one (IDN-011, see `IssuedPasswords`).
 */
@Injectable()
export class PeopleImporter {
  constructor(
    private readonly personal: PersonalData,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly contacts: ContactChanges,
  ) {}

  /** What the rows would come to. Changes nothing. */
  async check(
    tx: EntityManager,
    kind: PeopleKind,
    rows: readonly PersonRow[],
  ): Promise<readonly RowOutcome[]> {
    const indexed = await inTurns(rows, (row) => this.indexed(row));
    const known = await this.load(tx, indexed, '');
    return planPeople(kind, indexed, known.map(toKnown), uuidv7).outcomes;
  }

  /**
   * Writes them with events and audit entries. Throws the database's 23505 when somebody takes one of the usernames,
   * national codes or e-mails meanwhile: tried again, the row finds its account.
   */
  async apply(
    tx: EntityManager,
    kind: PeopleKind,
    rows: readonly PersonRow[],
    by: ImportedBy,
  ): Promise<readonly RowOutcome[]> {
    // Two imports at once would wait for one another's accounts in different orders.
    await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('import of people', 0))`);
    const indexed = await inTurns(rows, (row) => this.indexed(row));
    const known = await this.load(tx, indexed, 'FOR UPDATE');
    const plan = planPeople(kind, indexed, known.map(toKnown), uuidv7);
    const accounts = new Map(known.map(({ account }) => [account.id, account]));
    // Before the new ones: an e-mail may go from one to another.
    await this.update(tx, plan, accounts, by);
    await this.insert(tx, plan);
    await giveUsernames(tx, peopleRules[kind].usernameKind, plan);
    return plan.outcomes;
  }

  private indexed(row: PersonRow): IndexedRow {
    return {
      row,
      nationalCodeIndex: this.personal.indexOf('nationalCode', row.nationalCode).toString('hex'),
      mobileIndex:
        row.mobile === undefined ? null : this.personal.indexOf('mobile', row.mobile).toString('hex'),
    };
  }

  /** Every account that one of the rows may be about. */
  private async load(
    tx: EntityManager,
    rows: readonly IndexedRow[],
    lock: '' | 'FOR UPDATE',
  ): Promise<LoadedAccount[]> {
    const accounts = await query<AccountRow>(
      tx,
      `SELECT id, name, roles, scopes, disabled, permission_stamp, reseller_id, national_code_index, mobile_sealed,
         mobile_index, email
       FROM accounts WHERE id IN (
         SELECT id FROM accounts WHERE national_code_index = ANY($1) AND reseller_id IS NULL
         UNION ALL SELECT account_id FROM usernames WHERE username = ANY($2)
         UNION ALL SELECT id FROM accounts WHERE email = ANY($3) AND reseller_id IS NULL)
       ORDER BY id ${lock}`,
      [
        rows.map(({ nationalCodeIndex }) => Buffer.from(nationalCodeIndex, 'hex')),
        rows.map(({ row }) => row.code),
        rows.flatMap(({ row }) => row.email ?? []),
      ],
    );
    const usernames = await query<{ username: string; account_id: string; kind: UsernameKind }>(
      tx,
      'SELECT username, account_id, kind FROM usernames WHERE account_id = ANY($1)',
      [accounts.map(({ id }) => id)],
    );
    const loaded = new Map(
      accounts.map((account) => [account.id, { account, usernames: new Map<string, UsernameKind>() }]),
    );
    for (const { username, account_id, kind } of usernames)
      loaded.get(account_id)?.usernames.set(username, kind);
    return [...loaded.values()];
  }

  private async insert(tx: EntityManager, { changes }: PeoplePlan): Promise<void> {
    const created = changes.filter(({ before }) => before === undefined);
    if (created.length === 0) return;
    await execute(
      tx,
      `INSERT INTO accounts (id, name, roles, scopes, email, national_code_sealed, national_code_index, mobile_sealed,
         mobile_index, must_set_password)
       SELECT id, name, ARRAY(SELECT jsonb_array_elements_text(roles)), scopes, email, national_code, national_code_index,
         mobile, mobile_index, true
       FROM unnest($1::uuid[], $2::text[], $3::jsonb[], $4::jsonb[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[],
         $9::bytea[]) AS a (id, name, roles, scopes, email, national_code, national_code_index, mobile, mobile_index)`,
      [...stateColumns(created), ...(await this.personalColumns(created))],
    );
    await this.outbox.addMany(
      tx,
      identityEvents.accountCreated,
      created.map(({ id, after }) => ({
        aggregate: aggregateOf(id),
        payload: changedDto({ id, ...after, disabled: false, stamp: 1, resellerId: null }),
      })),
    );
  }

  private async update(
    tx: EntityManager,
    plan: PeoplePlan,
    accounts: ReadonlyMap<string, AccountRow>,
    by: ImportedBy,
  ): Promise<void> {
    const changed = plan.changes.flatMap((change) => {
      const account = accounts.get(change.id);
      return change.before && account ? [{ ...change, before: change.before, account }] : [];
    });
    if (changed.length > 0) {
      await execute(
        tx,
        `UPDATE accounts AS a SET name = n.name, roles = ARRAY(SELECT jsonb_array_elements_text(n.roles)),
           scopes = n.scopes, email = n.email,
           national_code_sealed = coalesce(n.national_code, a.national_code_sealed),
           national_code_index = n.national_code_index,
           mobile_sealed = coalesce(n.mobile, a.mobile_sealed),
           mobile_index = n.mobile_index,
           mobile_changed_at = CASE WHEN n.mobile IS NULL THEN a.mobile_changed_at ELSE now() END,
           email_changed_at = CASE WHEN n.email IS DISTINCT FROM a.email THEN now() ELSE a.email_changed_at END,
           permission_stamp = n.stamp, updated_at = now()
         FROM unnest($1::uuid[], $2::text[], $3::jsonb[], $4::jsonb[], $5::text[], $6::bytea[], $7::bytea[],
           $8::bytea[], $9::bytea[], $10::int[]) AS n (id, name, roles, scopes, email, national_code,
           national_code_index, mobile, mobile_index, stamp)
         WHERE a.id = n.id`,
        [...stateColumns(changed), ...(await this.personalColumns(changed)), changed.map(stampAfter)],
      );
      await this.contacts.noteImported(tx, changed, by.accountId);
      await this.outbox.addMany(
        tx,
        identityEvents.accountUpdated,
        changed
          .filter(({ before, after }) => permits(before, after) || before.name !== after.name)
          .map((change) => ({
            aggregate: aggregateOf(change.id),
            payload: changedDto({
              id: change.id,
              ...change.after,
              disabled: change.account.disabled,
              stamp: stampAfter(change),
              resellerId: change.account.reseller_id,
            }),
          })),
      );
    }
    const actor = { accountId: by.accountId };
    const reason = `import ${by.importId}`;
    const entries: AuditEntry[] = changed.map((change) => ({
      action: 'account.updated',
      actor,
      accountId: change.id,
      reason,
      ...this.auditedChange(change),
    }));
    for (const { username, from, to } of plan.moved) {
      entries.push({
        action: 'account.username_removed',
        actor,
        accountId: from,
        reason,
        before: { username },
      });
      entries.push({ action: 'account.username_added', actor, accountId: to, reason, after: { username } });
    }
    for (const { username, accountId } of plan.given)
      if (accounts.has(accountId))
        entries.push({ action: 'account.username_added', actor, accountId, reason, after: { username } });
    await this.audit.record(tx, ...entries);
  }

  /** $6 to $9: what is to be sealed, and the indexes as they are from now on. */
  private async personalColumns(changes: readonly PersonChange[]): Promise<unknown[]> {
    const sealed = (field: 'nationalCode' | 'mobile'): Promise<(Buffer | null)[]> =>
      inTurns(changes, (change) => {
        const value = change[field];
        return value === undefined ? null : this.personal.seal(change.id, field, value);
      });
    const bytes = (hex: string | null): Buffer | null => (hex === null ? null : Buffer.from(hex, 'hex'));
    return [
      await sealed('nationalCode'),
      changes.map(({ after }) => bytes(after.nationalCodeIndex)),
      await sealed('mobile'),
      changes.map(({ after }) => bytes(after.mobileIndex)),
    ];
  }

  /** Only what is different, personal data masked. */
  private auditedChange({ id, before, after, nationalCode, mobile, account }: UpdatedPerson): {
    before: object;
    after: object;
  } {
    const was: Record<string, unknown> = {};
    const is: Record<string, unknown> = {};
    for (const key of ['name', 'roles', 'scopes', 'email'] as const) {
      if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
      was[key] = before[key];
      is[key] = after[key];
    }
    if (nationalCode !== undefined) [was['nationalCode'], is['nationalCode']] = [null, nationalCode];
    if (mobile !== undefined) {
      was['mobile'] = account.mobile_sealed && this.personal.open(id, 'mobile', account.mobile_sealed);
      is['mobile'] = mobile;
    }
    return { before: audited(was), after: audited(is) };
  }
}

/** Cryptography of a thousand people takes a while: the rest of the program gets its turn in between. */
async function inTurns<T, R>(items: readonly T[], each: (item: T) => R): Promise<R[]> {
  const done: R[] = [];
  for (const item of items) {
    done.push(each(item));
    if (done.length % turnPeople === 0) await turn();
  }
  return done;
}

interface LoadedAccount {
  readonly account: AccountRow;
  readonly usernames: ReadonlyMap<string, UsernameKind>;
}

type UpdatedPerson = PersonChange & { readonly before: PersonState; readonly account: AccountRow };

function toKnown({ account, usernames }: LoadedAccount): KnownPerson {
  const { id, name, roles, scopes, email, national_code_index, mobile_index } = account;
  return {
    id,
    usernames,
    state: {
      name,
      roles,
      scopes,
      nationalCodeIndex: national_code_index?.toString('hex') ?? null,
      mobileIndex: mobile_index?.toString('hex') ?? null,
      email,
    },
  };
}

/** $1 to $5. */
function stateColumns(changes: readonly PersonChange[]): unknown[] {
  return [
    changes.map(({ id }) => id),
    changes.map(({ after }) => after.name),
    changes.map(({ after }) => JSON.stringify(after.roles)),
    changes.map(({ after }) => JSON.stringify(after.scopes)),
    changes.map(({ after }) => after.email),
  ];
}

/** Older tokens say other roles or scopes. */
function permits(before: PersonState, after: PersonState): boolean {
  return JSON.stringify([before.roles, before.scopes]) !== JSON.stringify([after.roles, after.scopes]);
}

function stampAfter({ account, before, after }: UpdatedPerson): number {
  return account.permission_stamp + (permits(before, after) ? 1 : 0);
}

async function giveUsernames(
  tx: EntityManager,
  kind: UsernameKind,
  { given, moved }: PeoplePlan,
): Promise<void> {
  if (moved.length > 0) {
    await execute(
      tx,
      `UPDATE usernames AS u SET account_id = m.to_id FROM unnest($1::text[], $2::uuid[]) AS m (username, to_id)
       WHERE u.username = m.username`,
      [moved.map(({ username }) => username), moved.map(({ to }) => to)],
    );
  }
  if (given.length > 0) {
    await execute(
      tx,
      `INSERT INTO usernames (username, account_id, kind)
       SELECT username, account_id, $3 FROM unnest($1::text[], $2::uuid[]) AS g (username, account_id)`,
      [given.map(({ username }) => username), given.map(({ accountId }) => accountId), kind],
    );
  }
}
