import { Controller } from '@nestjs/common';
import { inboxRpc, operationsRpc, smsRpc } from '@peyk/contracts';
import type {
  EmptyDto,
  InboxDto,
  InboxQueryDto,
  ThreadDto,
  ThreadMessagesDto,
  ThreadPageDto,
  ThreadSeenDto,
  ThreadsDto,
  ThreadsQueryDto,
  UnlinedMessagesDto,
  UnlinedQueryDto,
  UnreadDto,
} from '@peyk/contracts';
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

  @HandleRpc(smsRpc.listInbox)
  list(filter: InboxQueryDto, caller: Caller): Promise<InboxDto> {
    return this.inbox.list(accountOf(caller), filter);
  }

  @HandleRpc(operationsRpc.listUnlined)
  async unlined(filter: UnlinedQueryDto): Promise<UnlinedMessagesDto> {
    return this.inbox.listUnlined(filter);
  }

  @HandleRpc(inboxRpc.threads)
  async threads(filter: ThreadsQueryDto, caller: Caller): Promise<ThreadsDto> {
    return this.threadsService.list(accountOf(caller), filter);
  }

  @HandleRpc(inboxRpc.thread)
  async thread(page: ThreadPageDto, caller: Caller): Promise<ThreadMessagesDto> {
    return this.threadsService.read(accountOf(caller), page);
  }

  @HandleRpc(inboxRpc.seen)
  async seen(input: ThreadSeenDto, caller: Caller): Promise<ThreadDto> {
    return this.threadsService.see(accountOf(caller), input);
  }

  @HandleRpc(inboxRpc.unread)
  async unread(_input: EmptyDto, caller: Caller): Promise<UnreadDto> {
    return this.threadsService.unread(accountOf(caller));
  }
}
