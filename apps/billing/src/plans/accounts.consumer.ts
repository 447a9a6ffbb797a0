import { Controller } from '@nestjs/common';
import { billingSubscriptions } from '@peyk/contracts/billing';
import { identityEvents } from '@peyk/contracts/identity';
import type { Role } from '@peyk/contracts';
import type { AccountChangedDto, AccountCreatedDto } from '@peyk/contracts/identity';
import { HandleEvent, Inbox } from '@peyk/messaging';
import type { Received } from '@peyk/messaging';
import { ClubService } from '../club/club.service';
import { LevelsService } from '../tariffs/levels.service';
import { PlansService } from './plans.service';
import { CustomersService } from '../customers/customers.service';

/** Roles that have a wallet. */
const walletRoles: readonly Role[] = ['sms_customer', 'reseller'];

/**
 * What identity tells of accounts. A new customer gets what it needs to work at once (IDN-031): a wallet, its plan, the
 * trial credit; who introduced it gets points.
 */
@Controller()
export class AccountsConsumer {
  constructor(
    private readonly inbox: Inbox,
    private readonly customers: CustomersService,
    private readonly plans: PlansService,
    private readonly levels: LevelsService,
    private readonly club: ClubService,
  ) {}

  @HandleEvent(billingSubscriptions.accounts, identityEvents.accountCreated)
  async onCreated(account: AccountCreatedDto, received: Received): Promise<void> {
    if (!hasWallet(account)) return;
    await this.inbox.once(received, async (tx) => {
      const { accountId, referrerId } = account;
      await this.customers.take(tx, received.id, account);
      const introduced =
        referrerId && referrerId !== accountId && (await this.customers.introduce(tx, accountId, referrerId));
      await this.plans.openWallet(tx, accountId);
      if (isReseller(account)) await this.levels.ofReseller(tx, accountId);
      if (account.signedUpAs === 'sms_customer' && account.plan)
        await this.plans.apply(tx, accountId, account.plan);
      if (introduced) await this.club.onReferral(tx, referrerId, accountId);
    });
  }

  /** Somebody may become a customer later. */
  @HandleEvent(billingSubscriptions.accounts, identityEvents.accountUpdated)
  async onUpdated(account: AccountChangedDto, received: Received): Promise<void> {
    if (!hasWallet(account)) return;
    await this.inbox.once(received, async (tx) => {
      await this.customers.take(tx, received.id, account);
      await this.plans.openWallet(tx, account.accountId);
      if (isReseller(account)) await this.levels.ofReseller(tx, account.accountId);
    });
  }

  @HandleEvent(billingSubscriptions.accounts, identityEvents.accountDisabled)
  async onDisabled(account: AccountChangedDto, received: Received): Promise<void> {
    await this.onUpdated(account, received);
  }
}

function hasWallet({ grants }: AccountChangedDto): boolean {
  return grants.some(({ role }) => walletRoles.includes(role));
}

function isReseller({ grants }: AccountChangedDto): boolean {
  return grants.some(({ role }) => role === 'reseller');
}
