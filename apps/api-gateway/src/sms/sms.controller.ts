import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AdminLineDto,
  AdminLinesDto,
  AdminLinesQueryDto,
  AdminSendDto,
  AdminSendsDto,
  AdminSendsQueryDto,
  DoubtsDto,
  DoubtsQueryDto,
  EmptyDto,
  InboxDto,
  InboxQueryDto,
  LineChangeDto,
  LineClassesDto,
  LineCreateDto,
  LineDto,
  LineIdDto,
  LinePoolDto,
  LinesDto,
  LinkChangeDto,
  LinkCreateDto,
  LinkDetailDto,
  LinkIdDto,
  LinkTestDto,
  LinksDto,
  NewLineDto,
  PageQueryDto,
  PooledLineDto,
  PooledLineIdDto,
  SecretaryDto,
  SendIdDto,
  SendInterventionDto,
  ThreadDto,
  ThreadMessagesDto,
  ThreadPageDto,
  ThreadSeenDto,
  ThreadsDto,
  ThreadsQueryDto,
  UnlinedMessagesDto,
  UnlinedQueryDto,
  UnreadDto,
  inboxRpc,
  linksRpc,
  operationsRpc,
  sendAdministrationRpc,
  smsRpc,
} from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

/** Lines, inbox and operator links. */
@ApiTags('lines, inbox, links')
@Controller()
export class SmsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', 'lines', smsRpc.listLines)
  lines(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LinesDto> {
    return this.runtime.rpc.call(smsRpc.listLines, input, as);
  }

  @Endpoint('PUT', 'lines/:lineId/secretary', smsRpc.setSecretary)
  secretary(@Input() input: SecretaryDto, @Caller() { as }: SignedIn): Promise<LineDto> {
    return this.runtime.rpc.call(smsRpc.setSecretary, input, as);
  }

  @Endpoint('GET', 'inbox', smsRpc.listInbox)
  inbox(@Input() input: InboxQueryDto, @Caller() { as }: SignedIn): Promise<InboxDto> {
    return this.runtime.rpc.call(smsRpc.listInbox, input, as);
  }

  @Endpoint('GET', 'inbox/threads', inboxRpc.threads)
  threads(@Input() input: ThreadsQueryDto, @Caller() { as }: SignedIn): Promise<ThreadsDto> {
    return this.runtime.rpc.call(inboxRpc.threads, input, as);
  }

  @Endpoint('GET', 'inbox/threads/:threadId', inboxRpc.thread)
  thread(@Input() input: ThreadPageDto, @Caller() { as }: SignedIn): Promise<ThreadMessagesDto> {
    return this.runtime.rpc.call(inboxRpc.thread, input, as);
  }

  @Endpoint('POST', 'inbox/threads/:threadId/seen', inboxRpc.seen)
  seen(@Input() input: ThreadSeenDto, @Caller() { as }: SignedIn): Promise<ThreadDto> {
    return this.runtime.rpc.call(inboxRpc.seen, input, as);
  }

  @Endpoint('GET', 'inbox/unlined', operationsRpc.listUnlined)
  unlined(@Input() input: UnlinedQueryDto, @Caller() { as }: SignedIn): Promise<UnlinedMessagesDto> {
    return this.runtime.rpc.call(operationsRpc.listUnlined, input, as);
  }

  @Endpoint('GET', 'inbox/unread', inboxRpc.unread)
  unread(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<UnreadDto> {
    return this.runtime.rpc.call(inboxRpc.unread, input, as);
  }

  @Endpoint('GET', 'lines/all', operationsRpc.listLines)
  allLines(@Input() input: AdminLinesQueryDto, @Caller() { as }: SignedIn): Promise<AdminLinesDto> {
    return this.runtime.rpc.call(operationsRpc.listLines, input, as);
  }

  @Endpoint('GET', 'line-classes', operationsRpc.listLineClasses)
  lineClasses(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LineClassesDto> {
    return this.runtime.rpc.call(operationsRpc.listLineClasses, input, as);
  }

  @Endpoint('PUT', 'lines/:lineId', operationsRpc.changeLine)
  changeLine(@Input() input: LineChangeDto, @Caller() { as }: SignedIn): Promise<AdminLineDto> {
    return this.runtime.rpc.call(operationsRpc.changeLine, input, as);
  }

  @Endpoint('GET', 'doubts', operationsRpc.listDoubts)
  doubts(@Input() input: DoubtsQueryDto, @Caller() { as }: SignedIn): Promise<DoubtsDto> {
    return this.runtime.rpc.call(operationsRpc.listDoubts, input, as);
  }

  @Endpoint('GET', 'links/:linkId', operationsRpc.readLink)
  link(@Input() input: LinkIdDto, @Caller() { as }: SignedIn): Promise<LinkDetailDto> {
    return this.runtime.rpc.call(operationsRpc.readLink, input, as);
  }

  @Endpoint('GET', 'links', smsRpc.listLinks)
  links(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LinksDto> {
    return this.runtime.rpc.call(smsRpc.listLinks, input, as);
  }

  @Endpoint('POST', 'links', linksRpc.create, { status: 201 })
  createLink(@Input() input: LinkCreateDto, @Caller() { as }: SignedIn): Promise<LinkDetailDto> {
    return this.runtime.rpc.call(linksRpc.create, input, as);
  }

  @Endpoint('PUT', 'links/:linkId', linksRpc.change)
  changeLink(@Input() input: LinkChangeDto, @Caller() { as }: SignedIn): Promise<LinkDetailDto> {
    return this.runtime.rpc.call(linksRpc.change, input, as);
  }

  @Endpoint('DELETE', 'links/:linkId', linksRpc.remove, { answers: EmptyDto })
  async deleteLink(@Input() input: LinkIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(linksRpc.remove, input, as);
  }

  @Endpoint('POST', 'links/:linkId/test', linksRpc.test)
  testLink(@Input() input: LinkIdDto, @Caller() { as }: SignedIn): Promise<LinkTestDto> {
    return this.runtime.rpc.call(linksRpc.test, input, as);
  }

  @Endpoint('POST', 'lines', operationsRpc.createLine, { status: 201 })
  createLine(@Input() input: LineCreateDto, @Caller() { as }: SignedIn): Promise<AdminLineDto> {
    return this.runtime.rpc.call(operationsRpc.createLine, input, as);
  }

  @Endpoint('POST', 'lines/:lineId/retire', operationsRpc.retireLine)
  retireLine(@Input() input: LineIdDto, @Caller() { as }: SignedIn): Promise<AdminLineDto> {
    return this.runtime.rpc.call(operationsRpc.retireLine, input, as);
  }

  @Endpoint('GET', 'line-pool', operationsRpc.listPool)
  linePool(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<LinePoolDto> {
    return this.runtime.rpc.call(operationsRpc.listPool, input, as);
  }

  @Endpoint('POST', 'line-pool', operationsRpc.addToPool, { status: 201 })
  addToPool(@Input() input: NewLineDto, @Caller() { as }: SignedIn): Promise<PooledLineDto> {
    return this.runtime.rpc.call(operationsRpc.addToPool, input, as);
  }

  @Endpoint('DELETE', 'line-pool/:pooledId', operationsRpc.removeFromPool, { answers: EmptyDto })
  async removeFromPool(@Input() input: PooledLineIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(operationsRpc.removeFromPool, input, as);
  }

  @Endpoint('GET', 'all-sends', sendAdministrationRpc.list)
  allSends(@Input() input: AdminSendsQueryDto, @Caller() { as }: SignedIn): Promise<AdminSendsDto> {
    return this.runtime.rpc.call(sendAdministrationRpc.list, input, as);
  }

  @Endpoint('GET', 'all-sends/:sendId', sendAdministrationRpc.read)
  sendOfAll(@Input() input: SendIdDto, @Caller() { as }: SignedIn): Promise<AdminSendDto> {
    return this.runtime.rpc.call(sendAdministrationRpc.read, input, as);
  }

  @Endpoint('POST', 'all-sends/:sendId/intervene', sendAdministrationRpc.intervene)
  intervene(@Input() input: SendInterventionDto, @Caller() { as }: SignedIn): Promise<AdminSendDto> {
    return this.runtime.rpc.call(sendAdministrationRpc.intervene, input, as);
  }
}
