import { Injectable } from '@nestjs/common';
import { DomainError, hasRole } from '@peyk/contracts';
import type {
  ChangerRole,
  ContactChangeDto,
  ContactChangesDto,
  ContactField,
  ContactStopCallDto,
  ContactStoppedDto,
} from '@peyk/contracts/identity';
import { execute, query, Transactions } from '@peyk/database';
import type { Caller } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { AccountsAdminService } from '../accounts/accounts-admin.service';
import { AccountsService } from '../accounts/accounts.service';
import type { AccountPatch } from '../accounts/accounts.service';
import { PersonalData } from '../accounts/personal-data';
import { actedBy, AuditLog } from '../audit/audit.service';
import { SessionsService } from '../sessions/sessions.service';
import { AddressThrottle } from '../sign-in/address-throttle';
import { contactMoves } from './contact-change.entity';
import { ContactNoticesJob } from './contact-notices.job';

interface ChangeRow {
  readonly id: string;
  readonly account_id: string;
  readonly field: ContactField;
  readonly before_sealed: Buffer | null;
  readonly before_email: string | null;
  readonly changed_by: string;
  readonly changed_as: ChangerRole;
}

const shownMax = 20;

/** What becomes of changes by others of where codes go: seen by staff, approved by a second one, stopped by the owner. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
    private readonly admin: AccountsAdminService,
    private readonly personal: PersonalData,
    private readonly sessions: SessionsService,
    private readonly addresses: AddressThrottle,
    private readonly audit: AuditLog,
    private readonly notices: ContactNoticesJob,
  ) {}

  /** @throws account.notFound */
  async list(accountId: string, caller: Caller): Promise<ContactChangesDto> {
    await this.admin.read(accountId, caller);
    return this.changes(accountId);
  }

  /**
   * Gives all held changes of an account their effect.
   * @throws contactChange.notHeld when there is none; contactChange.needsOther for whoever made one of them, for their
   *   owner, and for somebody of the same role; account.notFound
   */
  async approve(accountId: string, caller: Caller): Promise<ContactChangesDto> {
    const { principal } = caller;
    if (principal?.kind !== 'user') throw new DomainError('access.denied');
    await this.transactions.run(async (tx) => {
      await this.accounts.lock(tx, accountId);
      const held = await query<ChangeRow>(
        tx,
        `SELECT * FROM contact_changes WHERE account_id = $1 AND state = 'held' AND held_until > now() FOR UPDATE`,
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
        [held.map(({ id }) => id), principal.accountId, statesBefore('approved')],
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

  /**
   * The owner has come by the link of the message: the change is taken back and all sessions end, since whoever made it
   * may be in. Works while it is held; of a password that was issued, as long.
   * @throws contactChange.notHeld, login.throttled; account.emailTaken, account.nationalCodeTaken when somebody took the
   *   old one meanwhile
   */
  async stop({ token, client }: ContactStopCallDto): Promise<ContactStoppedDto> {
    await this.addresses.check(client.address);
    const id = this.notices.changeOf(token);
    if (!id) {
      await this.addresses.failed(client.address);
      throw new DomainError('contactChange.notHeld');
    }
    return this.transactions.run(async (tx) => {
      const [known] = await query<{ account_id: string }>(
        tx,
        'SELECT account_id FROM contact_changes WHERE id = $1',
        [id],
      );
      if (!known) throw new DomainError('contactChange.notHeld');
      const { account_id: accountId } = known;
      // The account first, as everywhere: a change and its stopping never wait for each other.
      await this.accounts.lock(tx, accountId);
      const [change] = await query<ChangeRow>(
        tx,
        `UPDATE contact_changes SET state = 'stopped', decided_at = now(), next_try_at = NULL
         WHERE id = $1 AND state = ANY($2) AND held_until > now() RETURNING *`,
        [id, statesBefore('stopped')],
      );
      if (!change) throw new DomainError('contactChange.notHeld');
      const by = { actor: { accountId }, client, reason: `contact change ${id}` };
      await this.accounts.change(tx, accountId, 'account.contact_change_stopped', by, () =>
        this.undo(change),
      );
      await this.sessions.endAll(tx, accountId, 'data_changed');
      return { field: change.field };
    });
  }

  private undo({ id, field, before_sealed: sealed, before_email }: ChangeRow): AccountPatch {
    switch (field) {
      case 'email':
        return { email: before_email };
      case 'mobile':
        return { mobile: sealed && this.personal.openBefore(id, sealed) };
      case 'nationalCode':
        return { nationalCode: sealed && this.personal.openBefore(id, sealed) };
      case 'password':
        return { password: { hash: null, mustSet: false } };
    }
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

function statesBefore(to: 'approved' | 'stopped'): string[] {
  return Object.entries(contactMoves).flatMap(([from, next]) => (next.includes(to) ? [from] : []));
}
