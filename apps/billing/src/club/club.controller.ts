import { Controller } from '@nestjs/common';
import { billingClubRewardsRpc, billingClubRpc, billingClubSettingsRpc } from '@peyk/contracts/billing';
import type {
  ClubDto,
  ClubSettingsDto,
  OwnClubSettingsDto,
  RewardDto,
  RewardIdDto,
  RewardRefusalDto,
  RewardsDto,
  RewardsQueryDto,
} from '@peyk/contracts/billing';
import { accountOf, HandleRpc, type Caller } from '@peyk/messaging';
import { platformOwner } from './club.entity';
import { ClubService } from './club.service';

@Controller()
export class ClubController {
  constructor(private readonly club: ClubService) {}

  @HandleRpc(billingClubRpc.read)
  async read(_input: object, caller: Caller): Promise<ClubDto> {
    return this.club.read(accountOf(caller));
  }

  @HandleRpc(billingClubSettingsRpc.read)
  async settings(_input: object, caller: Caller): Promise<OwnClubSettingsDto> {
    return this.club.settings(ownerOf(caller));
  }

  @HandleRpc(billingClubSettingsRpc.save)
  async saveSettings(settings: ClubSettingsDto, caller: Caller): Promise<OwnClubSettingsDto> {
    return this.club.saveSettings(ownerOf(caller), accountOf(caller), settings);
  }

  @HandleRpc(billingClubRewardsRpc.list)
  async rewards(page: RewardsQueryDto, caller: Caller): Promise<RewardsDto> {
    return this.club.rewards(ownerOf(caller), page);
  }

  @HandleRpc(billingClubRewardsRpc.approve)
  async approve({ rewardId }: RewardIdDto, caller: Caller): Promise<RewardDto> {
    return this.club.approve(ownerOf(caller), accountOf(caller), rewardId);
  }

  @HandleRpc(billingClubRewardsRpc.refuse)
  async refuse(refusal: RewardRefusalDto, caller: Caller): Promise<RewardDto> {
    return this.club.refuse(ownerOf(caller), accountOf(caller), refusal);
  }
}

/** Whose club a caller keeps: an administrator that of direct customers, a reseller its own. */
function ownerOf(caller: Caller): string {
  return caller.reach === 'any' ? platformOwner : accountOf(caller);
}
