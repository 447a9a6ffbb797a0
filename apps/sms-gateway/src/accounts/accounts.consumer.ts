import { Controller } from '@nestjs/common';
import { smsSubscriptions } from '@peyk/contracts/sms';
import { identityEvents } from '@peyk/contracts/identity';
import type { Role } from '@peyk/contracts';
import type { AccountChangedDto, AccountCreatedDto } from '@peyk/contracts/identity';
import { HandleEvent, HandledMessages } from '@peyk/messaging';
import type { Received } from '@peyk/messaging';
import { LinePool } from '../lines/line-pool';
import { SendControl } from '../sends/send-control';
import { CustomersService } from '../customers/customers.service';

/** Roles that send. */
const senders: readonly Role[] = ['sms_customer', 'reseller'];

/** What identity says of accounts: a new customer gets its line (IDN-031), a disabled one sends nothing. */
@Controller()
export class AccountsConsumer {
  constructor(
    private readonly handled: HandledMessages,
    private readonly customers: CustomersService,
    private readonly pool: LinePool,
    private readonly control: SendControl,
  ) {}

  @HandleEvent(smsSubscriptions.accounts, identityEvents.accountCreated)
  async onCreated(account: AccountCreatedDto, received: Received): Promise<void> {
    if (account.signedUpAs !== 'sms_customer') return;
    await this.handled.handleOnce(received, (tx) => this.pool.handOut(tx, account.accountId));
  }

  @HandleEvent(smsSubscriptions.accounts, identityEvents.accountUpdated)
  async onUpdated(account: AccountChangedDto, received: Received): Promise<void> {
    // Nobody else has sends, and there are hundreds of thousands of others.
    if (!account.grants.some(({ role }) => senders.includes(role))) return;
    await this.onChanged(account, received);
  }

  @HandleEvent(smsSubscriptions.accounts, identityEvents.accountDisabled)
  async onDisabled(account: AccountChangedDto, received: Received): Promise<void> {
    await this.onChanged(account, received);
  }

  private async onChanged(account: AccountChangedDto, received: Received): Promise<void> {
    let paused: string[] = [];
    await this.handled.handleOnce(received, async (tx) => {
      const taken = await this.customers.take(tx, account);
      if (taken && account.disabled) paused = await this.control.pauseAllOf(tx, account.accountId);
    });
    for (const id of paused) await this.control.withdraw({ id });
  }
}
