import { Inject } from '@nestjs/common';
import { billingGiftsRpc, GiftQuoteDto } from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Input } from '../http/input.decorator';
import { GiftAskedDto, giftsRoutes } from './gifts.routes';
import { ControllerOf } from '../routes/controllers';

const rialsPerToman = 10;

@ControllerOf(giftsRoutes)
export class GiftsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  quote(@Input() { amountToman }: GiftAskedDto, @Caller() { as }: SignedIn): Promise<GiftQuoteDto> {
    return this.runtime.rpc.call(billingGiftsRpc.quote, { amountRials: amountToman * rialsPerToman }, as);
  }
}
