import { Controller } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingTopupsRpc } from '@peyk/contracts/billing';
import type {
  PaymentCallbackDto,
  PaymentStartDto,
  TopupDto,
  TopupIdDto,
  TopupReceiptDto,
  TopupRequestDto,
  TopupsDto,
  TopupsQueryDto,
} from '@peyk/contracts/billing';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { TopupsService } from './topups.service';

@Controller()
export class TopupsController {
  constructor(private readonly topups: TopupsService) {}

  @HandleRpc(billingTopupsRpc.create)
  async create(request: TopupRequestDto, caller: Caller): Promise<TopupDto> {
    return this.topups.create(accountOf(caller), request);
  }

  @HandleRpc(billingTopupsRpc.read)
  async read({ topupId }: TopupIdDto, caller: Caller): Promise<TopupDto> {
    return this.topups.read(ownerOf(caller), topupId);
  }

  @HandleRpc(billingTopupsRpc.list)
  async list(filter: TopupsQueryDto, caller: Caller): Promise<TopupsDto> {
    const owner = ownerOf(caller);
    if (owner !== null && filter.customerId !== undefined && filter.customerId !== owner)
      throw new DomainError('access.denied');
    return this.topups.list(owner ?? filter.customerId ?? null, filter);
  }

  @HandleRpc(billingTopupsRpc.receipt)
  async receipt({ topupId }: TopupIdDto, caller: Caller): Promise<TopupReceiptDto> {
    return this.topups.receipt(ownerOf(caller), topupId);
  }

  @HandleRpc(billingTopupsRpc.check)
  async check({ topupId }: TopupIdDto): Promise<TopupDto> {
    return this.topups.check(topupId);
  }

  @HandleRpc(billingTopupsRpc.start)
  async start({ topupId }: TopupIdDto): Promise<PaymentStartDto> {
    return this.topups.start(topupId);
  }

  @HandleRpc(billingTopupsRpc.callback)
  async callback(input: PaymentCallbackDto): Promise<TopupDto> {
    return this.topups.callback(input);
  }

  @HandleRpc(billingTopupsRpc.outcome)
  async outcome({ topupId }: TopupIdDto): Promise<TopupDto> {
    return this.topups.read(null, topupId);
  }
}

/** Whose top-ups the caller reaches; null: everybody's. */
function ownerOf(caller: Caller): string | null {
  return caller.reach === 'any' ? null : accountOf(caller);
}
