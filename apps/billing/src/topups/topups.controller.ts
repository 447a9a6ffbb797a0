import { Controller } from '@nestjs/common';
import { DomainError, topupsRpc } from '@peyk/contracts';
import type {
  PaymentCallbackDto,
  PaymentStartDto,
  TopupDto,
  TopupIdDto,
  TopupReceiptDto,
  TopupRequestDto,
  TopupsDto,
  TopupsQueryDto,
} from '@peyk/contracts';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { TopupsService } from './topups.service';

@Controller()
export class TopupsController {
  constructor(private readonly topups: TopupsService) {}

  @HandleRpc(topupsRpc.createTopup)
  async create(request: TopupRequestDto, caller: Caller): Promise<TopupDto> {
    return this.topups.create(accountOf(caller), request);
  }

  @HandleRpc(topupsRpc.readTopup)
  async read({ topupId }: TopupIdDto, caller: Caller): Promise<TopupDto> {
    return this.topups.read(ownerOf(caller), topupId);
  }

  @HandleRpc(topupsRpc.listTopups)
  async list(filter: TopupsQueryDto, caller: Caller): Promise<TopupsDto> {
    const owner = ownerOf(caller);
    if (owner !== null && filter.customerId !== undefined && filter.customerId !== owner)
      throw new DomainError('access.denied');
    return this.topups.list(owner ?? filter.customerId ?? null, filter);
  }

  @HandleRpc(topupsRpc.readReceipt)
  async receipt({ topupId }: TopupIdDto, caller: Caller): Promise<TopupReceiptDto> {
    return this.topups.receipt(ownerOf(caller), topupId);
  }

  @HandleRpc(topupsRpc.checkTopup)
  async check({ topupId }: TopupIdDto): Promise<TopupDto> {
    return this.topups.check(topupId);
  }

  @HandleRpc(topupsRpc.startPayment)
  async start({ topupId }: TopupIdDto): Promise<PaymentStartDto> {
    return this.topups.start(topupId);
  }

  @HandleRpc(topupsRpc.takeCallback)
  async callback(input: PaymentCallbackDto): Promise<TopupDto> {
    return this.topups.callback(input);
  }

  @HandleRpc(topupsRpc.paymentOutcome)
  async outcome({ topupId }: TopupIdDto): Promise<TopupDto> {
    return this.topups.read(null, topupId);
  }
}

/** Whose top-ups the caller reaches; null: everybody's. */
function ownerOf(caller: Caller): string | null {
  return caller.reach === 'any' ? null : accountOf(caller);
}
