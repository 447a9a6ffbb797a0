import { Injectable } from '@nestjs/common';
import type { ChangerRole, ContactChangeState, ContactField } from '@peyk/contracts/identity';
import { execute, query, uuidv7 } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import type { AccountState, ChangedBy } from './accounts.service';
import { PersonalData } from './personal-data';
import { IdentityConfig } from '../config';

/** SQL: whether a change of this field of account `a` is held: the one who made it may not get in by it yet. */
export function isHeld(field: ContactField): string {
  return `EXISTS (SELECT FROM contact_changes c WHERE c.account_id = a.id AND c.field = '${field}' AND c.state = 'held'
    AND c.held_until > now())`;
}

/** One that is noted; `before`: the value as it was. */
interface Noted {
  readonly field: ContactField;
  readonly before: string | null;
}

/**
 * Notes what one person changes of another's way in: where codes go (mobile, e-mail) and what opens the account (national
 * code, issued password). The new address gets no code, and the new national code opens nothing, for
 * `CONTACT_HOLD_HOURS`, unless a second person of another role agrees; the owner gets a message at the old address and can stop
 * it. Without this one agent alone could take over any account.
 */
@Injectable()
export class ContactChanges {
  constructor(
    private readonly personal: PersonalData,
    private readonly config: IdentityConfig,
  ) {}

  /** To be called in the transaction of the change. Nothing to note of an account that nobody has used yet. */
  async note(tx: EntityManager, before: AccountState, after: AccountState, by: ChangedBy): Promise<void> {
    const { accountId: changedBy } = by.actor;
    if (changedBy === undefined || (changedBy === before.id && by.as !== 'owner')) return;
    const changes = differences(before, after);
    if (changes.length === 0 || !(await isInUse(tx, before))) return;
    await this.insert(
      tx,
      changes.map((change) => ({ ...change, accountId: before.id, changedBy, changedAs: by.as ?? 'admin' })),
    );
  }

  /**
   * The same for many at once, by the one who had a file of people taken in.
   * @param changed accounts as they were, with what the file says of them
   */
  async noteImported(
    tx: EntityManager,
    changed: readonly {
      readonly id: string;
      readonly account: { readonly mobile_sealed: Buffer | null; readonly email: string | null };
      readonly mobile?: string;
      readonly nationalCode?: string;
      readonly after: { readonly email: string | null };
    }[],
    changedBy: string,
  ): Promise<void> {
    const rows = changed.flatMap(({ id, account, mobile, nationalCode, after }) => [
      ...(mobile === undefined
        ? []
        : [
            {
              id,
              field: 'mobile',
              before: account.mobile_sealed && this.personal.open(id, 'mobile', account.mobile_sealed),
              email: null,
            },
          ]),
      ...(account.email === after.email ? [] : [{ id, field: 'email', before: null, email: account.email }]),
      ...(nationalCode === undefined ? [] : [{ id, field: 'nationalCode', before: null, email: null }]),
    ]);
    if (rows.length === 0) return;
    const ids = rows.map(() => uuidv7());
    await execute(
      tx,
      `INSERT INTO contact_changes (id, account_id, field, before_sealed, before_email, changed_by, changed_as, held_until,
         next_try_at)
       SELECT n.change_id, n.id, n.field, n.sealed, n.email, $5, 'admin', now() + $6 * interval '1 hour', now()
       FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $7::uuid[]) AS n (id, field, sealed, email, change_id)
       JOIN accounts a ON a.id = n.id
       WHERE a.id <> $5 AND (a.password_hash IS NOT NULL AND NOT a.must_set_password
         OR EXISTS (SELECT FROM sign_ins s WHERE s.account_id = a.id AND s.outcome IN ('ok', 'set_password')))`,
      [
        rows.map(({ id }) => id),
        rows.map(({ field }) => field),
        rows.map(({ before }, i) =>
          before === null ? null : this.personal.sealBefore(ids[i] ?? '', before),
        ),
        rows.map(({ email }) => email),
        changedBy,
        this.config.contactHoldHours,
        ids,
      ],
    );
  }

  private async insert(
    tx: EntityManager,
    changes: readonly (Noted & { accountId: string; changedBy: string; changedAs: ChangerRole })[],
  ): Promise<void> {
    for (const { accountId, field, before, changedBy, changedAs } of changes) {
      const state: ContactChangeState = changedAs === 'owner' ? 'proved' : 'held';
      const id = uuidv7();
      const sealed =
        before !== null && (field === 'mobile' || field === 'nationalCode')
          ? this.personal.sealBefore(id, before)
          : null;
      await execute(
        tx,
        `INSERT INTO contact_changes (id, account_id, field, before_sealed, before_email, changed_by, changed_as, held_until,
           next_try_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 hour', now(), $9)`,
        [
          id,
          accountId,
          field,
          sealed,
          field === 'email' ? before : null,
          changedBy,
          changedAs,
          this.config.contactHoldHours,
          state,
        ],
      );
    }
  }
}

function differences(before: AccountState, after: AccountState): Noted[] {
  const changes: Noted[] = (['mobile', 'email', 'nationalCode'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field] }));
  const isIssued = after.passwordHash === null && after.mustSetPassword;
  if (isIssued && before.passwordHash !== null) changes.push({ field: 'password', before: null });
  return changes;
}

/** An own password, or any sign-in: before that there is nobody to be robbed, and data are only being put right. */
async function isInUse(
  tx: EntityManager,
  { id, passwordHash, mustSetPassword }: AccountState,
): Promise<boolean> {
  if (passwordHash !== null && !mustSetPassword) return true;
  const signedIn = await query(
    tx,
    `SELECT FROM sign_ins WHERE account_id = $1 AND outcome IN ('ok', 'set_password') LIMIT 1`,
    [id],
  );
  return signedIn.length > 0;
}
