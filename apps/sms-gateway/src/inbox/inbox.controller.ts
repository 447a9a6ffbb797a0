import { Controller } from '@nestjs/common';
import { smsInboxRpc } from '@peyk/contracts/sms';
import type { EmptyDto } from '@peyk/contracts';
import type {
  InboxDto,
  InboxQueryDto,
  ThreadDto,
  ThreadMessagesDto,
  ThreadPageDto,
  ThreadsDto,
  ThreadSeenDto,
  ThreadsQueryDto,
  UnlinedMessagesDto,
  UnlinedQueryDto,
  UnreadDto,
} from '@peyk/contracts/sms';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { InboxService } from './inbox.service';
import { ThreadsService } from './threads.service';

@Controller()
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly threadsService: ThreadsService,
  ) {}

  @HandleRpc(smsInboxRpc.list)
  list(filter: InboxQueryDto, caller: Caller): Promise<InboxDto> {
    return this.inbox.list(accountOf(caller), filter);
  }

  @HandleRpc(smsInboxRpc.unlined)
  async unlined(filter: UnlinedQueryDto): Promise<UnlinedMessagesDto> {
    return this.inbox.listUnlined(filter);
  }

  @HandleRpc(smsInboxRpc.threads)
  async threads(filter: ThreadsQueryDto, caller: Caller): Promise<ThreadsDto> {
    return this.threadsService.list(accountOf(caller), filter);
  }

  @HandleRpc(smsInboxRpc.thread)
  async thread(page: ThreadPageDto, caller: Caller): Promise<ThreadMessagesDto> {
    return this.threadsService.read(accountOf(caller), page);
  }

  @HandleRpc(smsInboxRpc.seen)
  async seen(input: ThreadSeenDto, caller: Caller): Promise<ThreadDto> {
    return this.threadsService.see(accountOf(caller), input);
  }

  @HandleRpc(smsInboxRpc.unread)
  async unread(_input: EmptyDto, caller: Caller): Promise<UnreadDto> {
    return this.threadsService.unread(accountOf(caller));
  }
}
