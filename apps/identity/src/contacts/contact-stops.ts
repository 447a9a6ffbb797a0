import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ContactField, ContactStopCallDto, ContactStoppedDto } from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { AccountsService } from '../accounts/accounts.service';
import type { AccountPatch } from '../accounts/accounts.service';
import { contactStatesBefore } from '../accounts/contact-change.entity';
import { PersonalData } from '../accounts/personal-data';
import { SessionsService } from '../sessions/sessions.service';
import { AddressThrottle } from '../sign-in-safety/address-throttle';
import { ContactNoticesJob } from './contact-notices.job';

interface ChangeRow {
  readonly id: string;
  readonly account_id: string;
  readonly field: ContactField;
  readonly before_sealed: Buffer | null;
  readonly before_email: string | null;
}

/** The owner stops what somebody else changed, by the link of the message about it. */
@Injectable()
export class ContactStops {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
    private readonly personal: PersonalData,
    private readonly sessions: SessionsService,
    private readonly addresses: AddressThrottle,
    private readonly notices: ContactNoticesJob,
  ) {}

  /**
   * The owner has come by the link of the message: the change is taken back and all sessions end, because the person who
   * made it may be in. Works while it is held; of a password that was issued, as long.
   * @throws contactChange.notHeld, login.throttled; account.emailTaken, account.nationalCodeTaken when somebody took the
   *   old one meanwhile
   */
  async stopChange({ token, client }: ContactStopCallDto): Promise<ContactStoppedDto> {
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
        [id, contactStatesBefore('stopped')],
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
}
