import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActivityDto, ActivityQueryDto, smsActivityRpc } from '@peyk/contracts/sms';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('activity')
@Controller('activity')
export class ActivityController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', smsActivityRpc.read)
  read(@Input() input: ActivityQueryDto, @Caller() { as }: SignedIn): Promise<ActivityDto> {
    return this.runtime.rpc.call(smsActivityRpc.read, input, as);
  }
}
