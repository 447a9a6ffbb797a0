import { Controller } from '@nestjs/common';
import { smsRpc } from '@peyk/contracts';
import type { InboxDto, InboxQueryDto } from '@peyk/contracts';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { InboxService } from './inbox.service';

@Controller()
export class InboxController {
  constructor(private readonly inbox: InboxService) {}

  @HandleRpc(smsRpc.listInbox)
  list(filter: InboxQueryDto, caller: Caller): Promise<InboxDto> {
    return this.inbox.list(accountOf(caller), filter);
  }
}
