import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { SendState } from '@peyk/contracts';
import type {
  AdminSendDto,
  AdminSendsDto,
  AdminSendsQueryDto,
  Intervention,
  SendDto,
  SendInterventionDto,
} from '@peyk/contracts/sms';
import { Transactions } from '@peyk/database';
import { accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { AdministrationLog } from '../administration/administration.log';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { decodeCursor, encodeCursor, uuidPattern } from '../cursor';
import { ownerShown } from '../customers/owner';
import { Send, finalSendStates, withMessages } from './send.entity';
import { SendControl } from './send-control';
import { SendReads } from './send-reads';

const actions: Readonly<Record<Intervention, string>> = {
  pause: 'send.paused',
  resume: 'send.resumed',
  cancel: 'send.cancelled',
};
/** In these there is nothing left to do. */
const done: Readonly<Record<Intervention, readonly SendState[]>> = {
  pause: ['paused'],
  resume: ['queued', 'sending'],
  cancel: ['cancelling', 'cancelled'],
};
/** Someone who goes through the pages of a report opened it once. */
const openedForMs = 3_600_000;
const openedMax = 10_000;

/** Sends of all customers as administrators see and stop them. */
@Injectable()
export class SendAdministration {
  /** Reports of others that were opened lately: until when no new entry is made, by administrator and send. */
  private readonly opened = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly reads: SendReads,
    private readonly control: SendControl,
    private readonly log: AdministrationLog,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'siteAccountId'>,
  ) {}

  async list({
    customerId,
    search: text,
    state,
    lineId,
    cursor,
    limit = 50,
  }: AdminSendsQueryDto): Promise<AdminSendsDto> {
    const before = decodeCursor(cursor, uuidPattern);
    const search = this.dataSource
      .getRepository(Send)
      .createQueryBuilder('s')
      .where('true')
      .orderBy('s.id', 'DESC');
    if (customerId) search.andWhere('s.customer_id = :customerId', { customerId });
    if (state) search.andWhere('s.state = :state', { state });
    if (lineId) search.andWhere('s.line_id = :lineId', { lineId });
    if (before) search.andWhere('s.id < :before', { before });
    const found = await this.reads.search.page(search, text, { customerId, before }, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const dtos = await this.reads.toDtos(page);
    return {
      sends: dtos.map((dto, at) => this.toDto(dto, page[at]?.customerId ?? '')),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  /**
   * A send that the caller may read: an own one, for an administrator also another's. The audit log keeps that another's
   * was opened, once an hour. An API key opens only what is its account's. Throws send.notFound.
   */
  async readable(caller: Caller, sendId: string): Promise<Send> {
    const by = accountOf(caller);
    const isAdministrator =
      caller.reach === 'any' && caller.principal?.kind === 'user' && !caller.principal.keyScopes;
    if (!isAdministrator) return this.reads.own(by, sendId);
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId });
    if (!send) throw new DomainError('send.notFound');
    if (send.customerId !== by) await this.noteOpened(by, send);
    return send;
  }

  /** As {@link readable}, of a send whose messages are asked for. Throws send.messagesRemoved too. */
  async readableWithMessages(caller: Caller, sendId: string): Promise<Send> {
    return withMessages(await this.readable(caller, sendId));
  }

  /** As {@link readable}; whose it is, and of another's one-time code no text. */
  async read(caller: Caller, sendId: string): Promise<AdminSendDto> {
    const send = await this.readable(caller, sendId);
    const dto = (await this.reads.toDtos([send]))[0] as SendDto;
    if (send.customerId !== accountOf(caller)) return this.toDto(dto, send.customerId);
    return { ...dto, customerId: send.customerId };
  }

  /** Before it is shown: an entry without a look does less harm than a look without an entry. */
  private async noteOpened(by: string, { id, customerId, title, lane }: Send): Promise<void> {
    const key = `${by} ${id}`;
    const now = Date.now();
    if ((this.opened.get(key) ?? 0) > now) return;
    await this.transactions.run((tx) =>
      this.log.record(tx, `send:${id}`, {
        action: 'send.opened',
        by,
        customerId: ownerShown(customerId, this.config),
        on: { send: lane === 'otp' ? id : title || id },
      }),
    );
    this.opened.delete(key);
    this.opened.set(key, now + openedForMs);
    const [oldest] = this.opened.keys();
    if (this.opened.size > openedMax && oldest) this.opened.delete(oldest);
  }

  /** Once done, again changes nothing and is written nowhere. Throws send.notFound, send.wrongState. */
  async intervene(by: string, { sendId, act, reason }: SendInterventionDto): Promise<AdminSendDto> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId });
    if (!send) throw new DomainError('send.notFound');
    const { customerId, state, title, lane } = send;
    if (!done[act].includes(state)) {
      if (finalSendStates.includes(state)) throw new DomainError('send.wrongState', { state });
      // Before it is done: an entry without a deed does less harm than a deed without an entry.
      await this.transactions.run((tx) =>
        this.log.record(tx, `send:${sendId}`, {
          action: actions[act],
          by,
          customerId: ownerShown(customerId, this.config),
          reason,
          on: { send: lane === 'otp' ? sendId : title || sendId },
          before: { state },
        }),
      );
    }
    return this.toDto(await this.control[act](customerId, sendId), customerId);
  }

  private toDto(send: SendDto, customerId: string): AdminSendDto {
    return {
      ...send,
      ...(send.lane === 'otp' && { text: '' }),
      customerId: ownerShown(customerId, this.config),
    };
  }
}
