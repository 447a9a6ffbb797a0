import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto, PageQueryDto } from '@peyk/contracts';
import {
  AdminLineDto,
  AdminLinesDto,
  AdminLinesQueryDto,
  AdminSendDto,
  AdminSendsDto,
  AdminSendsQueryDto,
  DoubtsDto,
  DoubtsQueryDto,
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
  LinksDto,
  LinkTestDto,
  NewLineDto,
  PooledLineDto,
  PooledLineIdDto,
  SecretaryDto,
  SendIdDto,
  SendInterventionDto,
  smsInboxRpc,
  smsLineClassesRpc,
  smsLinePoolRpc,
  smsLinesRpc,
  smsLinksRpc,
  smsMessagesRpc,
  smsSendsRpc,
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

  @Endpoint('GET', 'lines', smsLinesRpc.list)
  lines(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LinesDto> {
    return this.runtime.rpc.call(smsLinesRpc.list, input, as);
  }

  @Endpoint('PUT', 'lines/:lineId/secretary', smsLinesRpc.setSecretary)
  secretary(@Input() input: SecretaryDto, @Caller() { as }: SignedIn): Promise<LineDto> {
    return this.runtime.rpc.call(smsLinesRpc.setSecretary, input, as);
  }

  @Endpoint('GET', 'inbox', smsInboxRpc.list)
  inbox(@Input() input: InboxQueryDto, @Caller() { as }: SignedIn): Promise<InboxDto> {
    return this.runtime.rpc.call(smsInboxRpc.list, input, as);
  }

  @Endpoint('GET', 'inbox/threads', smsInboxRpc.threads)
  threads(@Input() input: ThreadsQueryDto, @Caller() { as }: SignedIn): Promise<ThreadsDto> {
    return this.runtime.rpc.call(smsInboxRpc.threads, input, as);
  }

  @Endpoint('GET', 'inbox/threads/:threadId', smsInboxRpc.thread)
  thread(@Input() input: ThreadPageDto, @Caller() { as }: SignedIn): Promise<ThreadMessagesDto> {
    return this.runtime.rpc.call(smsInboxRpc.thread, input, as);
  }

  @Endpoint('POST', 'inbox/threads/:threadId/seen', smsInboxRpc.seen)
  seen(@Input() input: ThreadSeenDto, @Caller() { as }: SignedIn): Promise<ThreadDto> {
    return this.runtime.rpc.call(smsInboxRpc.seen, input, as);
  }

  @Endpoint('GET', 'inbox/unlined', smsInboxRpc.unlined)
  unlined(@Input() input: UnlinedQueryDto, @Caller() { as }: SignedIn): Promise<UnlinedMessagesDto> {
    return this.runtime.rpc.call(smsInboxRpc.unlined, input, as);
  }

  @Endpoint('GET', 'inbox/unread', smsInboxRpc.unread)
  unread(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<UnreadDto> {
    return this.runtime.rpc.call(smsInboxRpc.unread, input, as);
  }

  @Endpoint('GET', 'lines/all', smsLinesRpc.listAll)
  allLines(@Input() input: AdminLinesQueryDto, @Caller() { as }: SignedIn): Promise<AdminLinesDto> {
    return this.runtime.rpc.call(smsLinesRpc.listAll, input, as);
  }

  @Endpoint('GET', 'line-classes', smsLineClassesRpc.list)
  lineClasses(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LineClassesDto> {
    return this.runtime.rpc.call(smsLineClassesRpc.list, input, as);
  }

  @Endpoint('PUT', 'lines/:lineId', smsLinesRpc.change)
  changeLine(@Input() input: LineChangeDto, @Caller() { as }: SignedIn): Promise<AdminLineDto> {
    return this.runtime.rpc.call(smsLinesRpc.change, input, as);
  }

  @Endpoint('GET', 'doubts', smsMessagesRpc.doubts)
  doubts(@Input() input: DoubtsQueryDto, @Caller() { as }: SignedIn): Promise<DoubtsDto> {
    return this.runtime.rpc.call(smsMessagesRpc.doubts, input, as);
  }

  @Endpoint('GET', 'links/:linkId', smsLinksRpc.read)
  link(@Input() input: LinkIdDto, @Caller() { as }: SignedIn): Promise<LinkDetailDto> {
    return this.runtime.rpc.call(smsLinksRpc.read, input, as);
  }

  @Endpoint('GET', 'links', smsLinksRpc.list)
  links(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<LinksDto> {
    return this.runtime.rpc.call(smsLinksRpc.list, input, as);
  }

  @Endpoint('POST', 'links', smsLinksRpc.create, { status: 201 })
  createLink(@Input() input: LinkCreateDto, @Caller() { as }: SignedIn): Promise<LinkDetailDto> {
    return this.runtime.rpc.call(smsLinksRpc.create, input, as);
  }

  @Endpoint('PUT', 'links/:linkId', smsLinksRpc.change)
  changeLink(@Input() input: LinkChangeDto, @Caller() { as }: SignedIn): Promise<LinkDetailDto> {
    return this.runtime.rpc.call(smsLinksRpc.change, input, as);
  }

  @Endpoint('DELETE', 'links/:linkId', smsLinksRpc.delete, { answers: EmptyDto })
  async deleteLink(@Input() input: LinkIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(smsLinksRpc.delete, input, as);
  }

  @Endpoint('POST', 'links/:linkId/test', smsLinksRpc.test)
  testLink(@Input() input: LinkIdDto, @Caller() { as }: SignedIn): Promise<LinkTestDto> {
    return this.runtime.rpc.call(smsLinksRpc.test, input, as);
  }

  @Endpoint('POST', 'lines', smsLinesRpc.create, { status: 201 })
  createLine(@Input() input: LineCreateDto, @Caller() { as }: SignedIn): Promise<AdminLineDto> {
    return this.runtime.rpc.call(smsLinesRpc.create, input, as);
  }

  @Endpoint('POST', 'lines/:lineId/retire', smsLinesRpc.retire)
  retireLine(@Input() input: LineIdDto, @Caller() { as }: SignedIn): Promise<AdminLineDto> {
    return this.runtime.rpc.call(smsLinesRpc.retire, input, as);
  }

  @Endpoint('GET', 'line-pool', smsLinePoolRpc.list)
  linePool(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<LinePoolDto> {
    return this.runtime.rpc.call(smsLinePoolRpc.list, input, as);
  }

  @Endpoint('POST', 'line-pool', smsLinePoolRpc.add, { status: 201 })
  addToPool(@Input() input: NewLineDto, @Caller() { as }: SignedIn): Promise<PooledLineDto> {
    return this.runtime.rpc.call(smsLinePoolRpc.add, input, as);
  }

  @Endpoint('DELETE', 'line-pool/:pooledId', smsLinePoolRpc.remove, { answers: EmptyDto })
  async removeFromPool(@Input() input: PooledLineIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(smsLinePoolRpc.remove, input, as);
  }

  @Endpoint('GET', 'all-sends', smsSendsRpc.listAll)
  allSends(@Input() input: AdminSendsQueryDto, @Caller() { as }: SignedIn): Promise<AdminSendsDto> {
    return this.runtime.rpc.call(smsSendsRpc.listAll, input, as);
  }

  @Endpoint('GET', 'all-sends/:sendId', smsSendsRpc.readOfAll)
  sendOfAll(@Input() input: SendIdDto, @Caller() { as }: SignedIn): Promise<AdminSendDto> {
    return this.runtime.rpc.call(smsSendsRpc.readOfAll, input, as);
  }

  @Endpoint('POST', 'all-sends/:sendId/intervene', smsSendsRpc.intervene)
  intervene(@Input() input: SendInterventionDto, @Caller() { as }: SignedIn): Promise<AdminSendDto> {
    return this.runtime.rpc.call(smsSendsRpc.intervene, input, as);
  }
}
