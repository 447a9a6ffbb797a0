import { Controller } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { billingGiftsRpc, billingTiersRpc } from '@peyk/contracts/billing';
import type { PageQueryDto } from '@peyk/contracts';
import type {
  GiftQuoteDto,
  GiftQuoteQueryDto,
  GiftTiersDto,
  GiftTierSetAddDto,
  GiftTierSetDto,
  GiftTierSetIdDto,
  GiftTierSetsDto,
} from '@peyk/contracts/billing';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { TierSetsService } from './tier-sets.service';
import { TiersService } from './tiers.service';

@Controller()
export class TiersController {
  constructor(
    private readonly tiers: TiersService,
    private readonly tierSets: TierSetsService,
  ) {}

  @HandleRpc(billingTiersRpc.list)
  async list(): Promise<GiftTiersDto> {
    return this.tiers.list();
  }

  @HandleRpc(billingGiftsRpc.quote)
  async quote({ amountRials }: GiftQuoteQueryDto, caller: Caller): Promise<GiftQuoteDto> {
    return this.tiers.quote(accountOf(caller), amountRials);
  }

  @HandleRpc(billingTiersRpc.sets)
  async sets(page: PageQueryDto): Promise<GiftTierSetsDto> {
    return this.tierSets.list(page);
  }

  @HandleRpc(billingTiersRpc.replace)
  async replace(set: GiftTierSetAddDto, caller: Caller): Promise<GiftTierSetDto> {
    return this.tierSets.replace(accountOf(caller), set);
  }

  @HandleRpc(billingTiersRpc.withdraw)
  async withdraw({ tierSetId }: GiftTierSetIdDto): Promise<EmptyDto> {
    await this.tierSets.withdraw(tierSetId);
    return new EmptyDto();
  }
}
