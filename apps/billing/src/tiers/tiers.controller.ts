import { Controller } from '@nestjs/common';
import { EmptyDto, tiersRpc } from '@peyk/contracts';
import type {
  GiftQuoteDto,
  GiftQuoteQueryDto,
  GiftTierSetAddDto,
  GiftTierSetDto,
  GiftTierSetIdDto,
  GiftTierSetsDto,
  GiftTiersDto,
  PageQueryDto,
} from '@peyk/contracts';
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

  @HandleRpc(tiersRpc.list)
  async list(): Promise<GiftTiersDto> {
    return this.tiers.list();
  }

  @HandleRpc(tiersRpc.quote)
  async quote({ amountRials }: GiftQuoteQueryDto, caller: Caller): Promise<GiftQuoteDto> {
    return this.tiers.quote(accountOf(caller), amountRials);
  }

  @HandleRpc(tiersRpc.sets)
  async sets(page: PageQueryDto): Promise<GiftTierSetsDto> {
    return this.tierSets.list(page);
  }

  @HandleRpc(tiersRpc.replace)
  async replace(set: GiftTierSetAddDto, caller: Caller): Promise<GiftTierSetDto> {
    return this.tierSets.replace(accountOf(caller), set);
  }

  @HandleRpc(tiersRpc.withdraw)
  async withdraw({ tierSetId }: GiftTierSetIdDto): Promise<EmptyDto> {
    await this.tierSets.withdraw(tierSetId);
    return new EmptyDto();
  }
}
