import { Controller } from '@nestjs/common';
import { identitySubscriptions } from '@peyk/contracts/identity';
import { billingEvents } from '@peyk/contracts/billing';
import { smsEvents } from '@peyk/contracts/sms';
import { targetingEvents } from '@peyk/contracts/targeting';
import type { CorrectionEventDto } from '@peyk/contracts/billing';
import type { AdministeredDto, LineChangedDto, LineTermsDto } from '@peyk/contracts/sms';
import type { ListDeletedDto } from '@peyk/contracts/targeting';
import { HandleEvent, Inbox } from '@peyk/messaging';
import type { Received } from '@peyk/messaging';
import { AuditLog } from './audit.service';

/**
 * What administrators do in other services (IDN-221). Their events do not say from which address and device; the request
 * id leads to the gateway's log, which does. An entry is dated when it comes here, which is seconds later.
 */
@Controller()
export class AuditConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly audit: AuditLog,
  ) {}

  @HandleEvent(identitySubscriptions.audit, smsEvents.lineChanged)
  async onLineChanged({ number, by, before, after }: LineChangedDto, received: Received): Promise<void> {
    const changed = (Object.keys(after) as (keyof LineTermsDto)[]).filter(
      (name) => after[name] !== before[name],
    );
    const only = (terms: LineTermsDto): object => ({
      line: number,
      ...Object.fromEntries(changed.map((name) => [name, terms[name]])),
    });
    await this.inbox.once(received, (tx) =>
      this.audit.record(tx, {
        action: 'line.changed',
        actor: { accountId: by },
        accountId: after.customerId ?? before.customerId ?? undefined,
        before: only(before),
        after: only(after),
      }),
    );
  }

  @HandleEvent(identitySubscriptions.audit, smsEvents.administered)
  async onAdministered(done: AdministeredDto, received: Received): Promise<void> {
    const { action, by, customerId, reason, fields } = done;
    const side = (of: 'before' | 'after'): object =>
      Object.fromEntries(fields.map((changed) => [changed.field, changed[of]]));
    await this.inbox.once(received, (tx) =>
      this.audit.record(tx, {
        action,
        actor: { accountId: by },
        accountId: customerId ?? undefined,
        reason: reason ?? undefined,
        before: side('before'),
        after: side('after'),
      }),
    );
  }

  @HandleEvent(identitySubscriptions.audit, targetingEvents.listDeleted)
  async onListDeleted(
    { listId, customerId, title, recipients }: ListDeletedDto,
    received: Received,
  ): Promise<void> {
    await this.inbox.once(received, (tx) =>
      this.audit.record(tx, {
        action: 'list.deleted',
        actor: { accountId: customerId },
        accountId: customerId,
        before: { list: title || listId, recipients },
      }),
    );
  }

  @HandleEvent(identitySubscriptions.audit, billingEvents.correctionRequested)
  async onCorrectionRequested(correction: CorrectionEventDto, received: Received): Promise<void> {
    const { customerId, reason, requestedBy, direction, amountRials } = correction;
    await this.inbox.once(received, (tx) =>
      this.audit.record(tx, {
        action: 'correction.requested',
        actor: { accountId: requestedBy },
        accountId: customerId,
        reason,
        after: { direction, amountRials },
      }),
    );
  }

  @HandleEvent(identitySubscriptions.audit, billingEvents.correctionDecided)
  async onCorrectionDecided(correction: CorrectionEventDto, received: Received): Promise<void> {
    const { customerId, reason, decidedBy, direction, amountRials, state } = correction;
    await this.inbox.once(received, (tx) =>
      this.audit.record(tx, {
        action: 'correction.decided',
        // Nobody decided in time.
        actor: decidedBy === null ? { service: 'billing' } : { accountId: decidedBy },
        accountId: customerId,
        reason,
        after: { direction, amountRials, state },
      }),
    );
  }
}
