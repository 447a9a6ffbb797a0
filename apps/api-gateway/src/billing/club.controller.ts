import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  billingClubRewardsRpc,
  billingClubRpc,
  billingClubSettingsRpc,
  ClubDto,
  ClubSettingsDto,
  OwnClubSettingsDto,
  RewardDto,
  RewardIdDto,
  RewardRefusalDto,
  RewardsDto,
  RewardsQueryDto,
} from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('club')
@Controller('club')
export class ClubController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', billingClubRpc.read)
  read(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ClubDto> {
    return this.runtime.rpc.call(billingClubRpc.read, input, as);
  }

  @Endpoint('GET', 'settings', billingClubSettingsRpc.read)
  settings(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<OwnClubSettingsDto> {
    return this.runtime.rpc.call(billingClubSettingsRpc.read, input, as);
  }

  @Endpoint('PUT', 'settings', billingClubSettingsRpc.save)
  saveSettings(@Input() input: ClubSettingsDto, @Caller() { as }: SignedIn): Promise<OwnClubSettingsDto> {
    return this.runtime.rpc.call(billingClubSettingsRpc.save, input, as);
  }

  @Endpoint('GET', 'rewards', billingClubRewardsRpc.list)
  rewards(@Input() input: RewardsQueryDto, @Caller() { as }: SignedIn): Promise<RewardsDto> {
    return this.runtime.rpc.call(billingClubRewardsRpc.list, input, as);
  }

  @Endpoint('POST', 'rewards/:rewardId/approve', billingClubRewardsRpc.approve)
  approve(@Input() input: RewardIdDto, @Caller() { as }: SignedIn): Promise<RewardDto> {
    return this.runtime.rpc.call(billingClubRewardsRpc.approve, input, as);
  }

  @Endpoint('POST', 'rewards/:rewardId/refuse', billingClubRewardsRpc.refuse)
  refuse(@Input() input: RewardRefusalDto, @Caller() { as }: SignedIn): Promise<RewardDto> {
    return this.runtime.rpc.call(billingClubRewardsRpc.refuse, input, as);
  }
}
