import { Injectable } from '@nestjs/common';
import { DomainError, hasRole } from '@peyk/contracts';
import type {
  ChangerRole,
  ContactChangeDto,
  ContactChangesDto,
  ContactField,
} from '@peyk/contracts/identity';
import { execute, query, Transactions } from '@peyk/database';
import type { Caller } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { AccountsAdminService } from '../accounts-admin/accounts-admin.service';
import { AccountsService } from '../accounts/accounts.service';
import { contactStatesBefore } from '../accounts/contact-change.entity';
import { actedBy, AuditLog } from '../audit/audit.service';

interface HeldRow {
  readonly id: string;
  readonly field: ContactField;
  readonly changed_by: string;
  readonly changed_as: ChangerRole;
}

const shownMax = 20;

/** Changes by others of where codes go, for those who manage accounts: they see them, and a second person approves. */
@Injectable()
export class ContactApprovals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
    private readonly admin: AccountsAdminService,
    private readonly audit: AuditLog,
  ) {}

  /** @throws account.notFound */
  async list(accountId: string, caller: Caller): Promise<ContactChangesDto> {
    await this.admin.read(accountId, caller);
    return this.changes(accountId);
  }

  /**
   * Gives all held changes of an account their effect.
   * @throws contactChange.notHeld when there is none; contactChange.needsOther for the one who made one of them, for their
   *   owner, and for somebody of the same role; account.notFound
   */
  async approve(accountId: string, caller: Caller): Promise<ContactChangesDto> {
    const { principal } = caller;
    if (principal?.kind !== 'user') throw new DomainError('access.denied');
    await this.transactions.run(async (tx) => {
      await this.accounts.lock(tx, accountId);
      const held = await query<HeldRow>(
        tx,
        `SELECT id, field, changed_by, changed_as FROM contact_changes WHERE account_id = $1 AND state = 'held' AND held_until > now() FOR UPDATE`,
        [accountId],
      );
      if (held.length === 0) throw new DomainError('contactChange.notHeld');
      const as: ChangerRole = hasRole(principal, 'admin') ? 'admin' : 'support';
      const isOther = held.every(
        ({ changed_by, changed_as }) => changed_by !== principal.accountId && changed_as !== as,
      );
      if (!isOther || principal.accountId === accountId) throw new DomainError('contactChange.needsOther');
      await execute(
        tx,
        `UPDATE contact_changes SET state = 'approved', decided_by = $2, decided_at = now()
         WHERE id = ANY($1) AND state = ANY($3)`,
        [held.map(({ id }) => id), principal.accountId, contactStatesBefore('approved')],
      );
      const fields = held.map(({ field }) => field);
      await this.audit.record(tx, {
        action: 'account.contact_change_approved',
        ...actedBy(caller),
        accountId,
        after: { fields },
      });
    });
    return this.changes(accountId);
  }

  private async changes(accountId: string): Promise<ContactChangesDto> {
    const rows = await query<Omit<ContactChangeDto, 'changedAt' | 'heldUntil'> & { at: Date; until: Date }>(
      this.dataSource,
      `SELECT id, field, changed_as AS "changedAs", changed_at AS at, held_until AS until, state FROM contact_changes
       WHERE account_id = $1 ORDER BY changed_at DESC LIMIT ${shownMax}`,
      [accountId],
    );
    return {
      changes: rows.map(({ at, until, ...change }) => ({
        ...change,
        changedAt: at.toISOString(),
        heldUntil: until.toISOString(),
      })),
    };
  }
}
