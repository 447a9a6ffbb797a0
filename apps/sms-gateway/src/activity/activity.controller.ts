import { Controller } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { smsActivityRpc } from '@peyk/contracts/sms';
import type { ActivityDto, ActivityQueryDto } from '@peyk/contracts/sms';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { ActivityService } from './activity.service';

@Controller()
export class ActivityController {
  constructor(private readonly activity: ActivityService) {}

  @HandleRpc(smsActivityRpc.read)
  async read({ days, everybody }: ActivityQueryDto, caller: Caller): Promise<ActivityDto> {
    if (everybody && caller.reach !== 'any') throw new DomainError('access.denied');
    return this.activity.read(everybody ? null : accountOf(caller), days);
  }
}
