import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { Lane } from '@peyk/contracts';
import type { SendChangeDto, SendDto } from '@peyk/contracts/sms';
import { Transactions } from '@peyk/database';
import { LinesService } from '../lines/lines.service';
import { assertOneSource, countTyped, measureText } from '../quotes/quote';
import { occurrenceAt } from './repetition';
import { SendPrices } from './send-prices';
import { SendReads } from './send-reads';
import { SendSearch } from './send-search';
import { SendSources } from './send-sources';
import { changedLane, checkedTime, termsOf, titleOf } from './send-terms';
import { Send, plannedStates } from './send.entity';

/** A change of a send before its time is made again as often when another one overtakes it. */
const changeLooks = 3;

/** Changes of sends before their time. */
@Injectable()
export class SendEdits {
  constructor(
    private readonly transactions: Transactions,
    private readonly lines: LinesService,
    private readonly reads: SendReads,
    private readonly sources: SendSources,
    private readonly prices: SendPrices,
    private readonly search: SendSearch,
  ) {}

  /**
   * Changes a send before its time (SMS-207): what is not said stays. Nothing is held yet, so no hold has to follow; the
   * credit is looked at as when it was scheduled. A change of an occurrence is one of those that follow it too, except of
   * the time: they keep to the first one's, unless that one is moved. Throws send.wrongState once it has begun.
   */
  async change(customerId: string, { sendId, ...wanted }: SendChangeDto): Promise<SendDto> {
    const sendAt = checkedTime(wanted.sendAt);
    if (wanted.recipients) assertOneSource(wanted.recipients);
    // A change that another one overtook is made again on what that one left.
    for (let look = 1; ; look++) {
      const send = await this.reads.own(customerId, sendId);
      if (!plannedStates.includes(send.state))
        throw new DomainError('send.wrongState', { state: send.state, wanted: 'scheduled' });
      const change: Partial<Send> = {
        ...(wanted.title !== undefined && { title: titleOf(wanted.title) }),
        ...(sendAt && this.movedTo(send, sendAt)),
        ...((wanted.text !== undefined || wanted.recipients) && (await this.rewritten(send, wanted))),
      };
      if (await this.writeChange(send, change)) {
        if (wanted.recipients?.listId) await this.assertChangedList(send, change);
        return this.reads.read(customerId, sendId);
      }
      if (look >= changeLooks) throw new DomainError('send.wrongState', { wanted: 'scheduled' });
    }
  }

  /** As of a new send the list may be gone by now: the change is undone, the send goes back to what it was. Throws list.notFound. */
  private async assertChangedList(before: Send, change: Partial<Send>): Promise<void> {
    try {
      await this.sources.countOf({ ...before, ...change });
    } catch (error) {
      if (error instanceof DomainError && error.code === 'list.notFound') {
        const names = Object.keys(change) as (keyof Send)[];
        const was = Object.fromEntries(names.map((name) => [name, before[name]]));
        await this.writeChange({ ...before, revision: before.revision + 1 }, was);
      }
      throw error;
    }
  }

  /** Unless something else happened to it since it was read. */
  private writeChange(send: Omit<Send, 'line'>, change: Partial<Send>): Promise<boolean> {
    const { id, state, revision } = send;
    return this.transactions.run(async (tx) => {
      const { affected } = await tx
        .getRepository(Send)
        .update({ id, state, revision }, { ...change, revision: revision + 1 });
      if (affected !== 1) return false;
      await this.search.put(tx, { ...send, ...change });
      return true;
    });
  }

  private movedTo(send: Send, sendAt: Date): Partial<Send> {
    if (!send.repeatEvery || !send.repeatFrom) return { sendAt };
    if (send.repeatNo === 1) return { sendAt, repeatFrom: sendAt };
    const isLast = send.repeatNo >= (send.repeatTimes ?? 0);
    if (!isLast && sendAt >= occurrenceAt(send.repeatFrom, send.repeatEvery, send.repeatNo + 1))
      throw new DomainError('send.timeBehindNext', { field: 'sendAt' });
    return { sendAt };
  }

  /** Another text or other recipients: measured, counted and priced like a new send. */
  private async rewritten(
    send: Send,
    { text = send.body, recipients }: Pick<SendChangeDto, 'text' | 'recipients'>,
  ): Promise<Partial<Send>> {
    const line = await this.lines.usable(send.customerId, send.lineId);
    const measure = measureText(text, line.is66Char);
    const laneFor = (count: number): Lane => changedLane(send, count);
    if (recipients?.numbers)
      laneFor(countTyped(recipients.numbers, { row: recipients.row, count: recipients.count }).recipients);
    const slice = recipients ?? { listId: send.listId, row: send.firstPosition, count: send.recipients };
    const { byOperator, ...resolved } = await this.sources.resolve(send.customerId, slice);
    const lane = laneFor(resolved.recipients);
    const { quotedRials, ...prices } = await this.prices.priceSend(
      send.customerId,
      line,
      measure,
      byOperator,
    );
    await this.prices.assertCredit(send.customerId, quotedRials);
    return {
      body: text,
      ...termsOf(line, measure),
      ...resolved,
      kind: resolved.recipients === 1 ? 'single' : 'group',
      lane,
      ...prices,
      quotedRials,
    };
  }
}
