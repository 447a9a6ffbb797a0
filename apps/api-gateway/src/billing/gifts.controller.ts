import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto, IntField, PageQueryDto } from '@peyk/contracts';
import {
  billingGiftsRpc,
  billingTiersRpc,
  GiftQuoteDto,
  GiftTiersDto,
  GiftTierSetAddDto,
  GiftTierSetDto,
  GiftTierSetIdDto,
  GiftTierSetsDto,
} from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

const rialsPerToman = 10;

/** As a person types it (BIL-204). */
export class GiftAskedDto {
  @IntField({
    description: 'Amount that would be topped up, Toman',
    min: 1,
    max: 900_000_000_000_000,
    example: 500_000,
  })
  amountToman!: number;
}

@ApiTags('gifts')
@Controller('gifts')
export class GiftsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', 'quote', billingGiftsRpc.quote, { input: GiftAskedDto })
  quote(@Input() { amountToman }: GiftAskedDto, @Caller() { as }: SignedIn): Promise<GiftQuoteDto> {
    return this.runtime.rpc.call(billingGiftsRpc.quote, { amountRials: amountToman * rialsPerToman }, as);
  }

  @Endpoint('GET', 'tiers', billingTiersRpc.list)
  tiers(@Input() input: EmptyDto): Promise<GiftTiersDto> {
    return this.runtime.rpc.call(billingTiersRpc.list, input, 'nobody');
  }

  @Endpoint('GET', 'tier-sets', billingTiersRpc.sets)
  sets(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<GiftTierSetsDto> {
    return this.runtime.rpc.call(billingTiersRpc.sets, input, as);
  }

  @Endpoint('PUT', 'tier-sets/:tierSetId', billingTiersRpc.replace)
  replace(@Input() input: GiftTierSetAddDto, @Caller() { as }: SignedIn): Promise<GiftTierSetDto> {
    return this.runtime.rpc.call(billingTiersRpc.replace, input, as);
  }

  @Endpoint('DELETE', 'tier-sets/:tierSetId', billingTiersRpc.withdraw, { answers: EmptyDto })
  async withdraw(@Input() input: GiftTierSetIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(billingTiersRpc.withdraw, input, as);
  }
}
