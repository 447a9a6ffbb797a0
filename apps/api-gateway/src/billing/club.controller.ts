import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ClubDto,
  clubRpc,
  ClubSettingsDto,
  EmptyDto,
  OwnClubSettingsDto,
  RewardDto,
  RewardIdDto,
  RewardRefusalDto,
  RewardsDto,
  RewardsQueryDto,
} from '@peyk/contracts';
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

  @Endpoint('GET', '', clubRpc.read)
  read(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ClubDto> {
    return this.runtime.rpc.call(clubRpc.read, input, as);
  }

  @Endpoint('GET', 'settings', clubRpc.settings)
  settings(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<OwnClubSettingsDto> {
    return this.runtime.rpc.call(clubRpc.settings, input, as);
  }

  @Endpoint('PUT', 'settings', clubRpc.saveSettings)
  saveSettings(@Input() input: ClubSettingsDto, @Caller() { as }: SignedIn): Promise<OwnClubSettingsDto> {
    return this.runtime.rpc.call(clubRpc.saveSettings, input, as);
  }

  @Endpoint('GET', 'rewards', clubRpc.rewards)
  rewards(@Input() input: RewardsQueryDto, @Caller() { as }: SignedIn): Promise<RewardsDto> {
    return this.runtime.rpc.call(clubRpc.rewards, input, as);
  }

  @Endpoint('POST', 'rewards/:rewardId/approve', clubRpc.approve)
  approve(@Input() input: RewardIdDto, @Caller() { as }: SignedIn): Promise<RewardDto> {
    return this.runtime.rpc.call(clubRpc.approve, input, as);
  }

  @Endpoint('POST', 'rewards/:rewardId/refuse', clubRpc.refuse)
  refuse(@Input() input: RewardRefusalDto, @Caller() { as }: SignedIn): Promise<RewardDto> {
    return this.runtime.rpc.call(clubRpc.refuse, input, as);
  }
}
