import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  EmptyDto,
  GiftQuoteDto,
  GiftTierSetAddDto,
  GiftTierSetDto,
  GiftTierSetIdDto,
  GiftTierSetsDto,
  GiftTiersDto,
  IntField,
  PageQueryDto,
  tiersRpc,
} from '@peyk/contracts';
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

  @Endpoint('GET', 'quote', tiersRpc.quote, { input: GiftAskedDto })
  quote(@Input() { amountToman }: GiftAskedDto, @Caller() { as }: SignedIn): Promise<GiftQuoteDto> {
    return this.runtime.rpc.call(tiersRpc.quote, { amountRials: amountToman * rialsPerToman }, as);
  }

  @Endpoint('GET', 'tiers', tiersRpc.list)
  tiers(@Input() input: EmptyDto): Promise<GiftTiersDto> {
    return this.runtime.rpc.call(tiersRpc.list, input, 'nobody');
  }

  @Endpoint('GET', 'tier-sets', tiersRpc.sets)
  sets(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<GiftTierSetsDto> {
    return this.runtime.rpc.call(tiersRpc.sets, input, as);
  }

  @Endpoint('PUT', 'tier-sets/:tierSetId', tiersRpc.replace)
  replace(@Input() input: GiftTierSetAddDto, @Caller() { as }: SignedIn): Promise<GiftTierSetDto> {
    return this.runtime.rpc.call(tiersRpc.replace, input, as);
  }

  @Endpoint('DELETE', 'tier-sets/:tierSetId', tiersRpc.withdraw, { answers: EmptyDto })
  async withdraw(@Input() input: GiftTierSetIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(tiersRpc.withdraw, input, as);
  }
}
