import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, isErrorCode } from '@peyk/contracts';
import type { QuoteDto, QuoteRequestDto, SendDto, SendRequestDto } from '@peyk/contracts/sms';
import { Transactions, uuidv7, violatedConstraint } from '@peyk/database';
import { nextTehranOpening } from '@peyk/persian';
import { DataSource } from 'typeorm';
import { LinesService } from '../lines/lines.service';
import { assertOneSource, countTyped, measureText, priceRows } from '../quotes/quote';
import { SendPlacement } from './send-placement';
import { SendPrices } from './send-prices';
import { SendReads } from './send-reads';
import { SendSearch } from './send-search';
import { SendSources } from './send-sources';
import { checkedTime, laneOf, termsOf, titleOf } from './send-terms';
import { Send } from './send.entity';

/** Prices and accepts sends. */
@Injectable()
export class SendsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly lines: LinesService,
    private readonly sources: SendSources,
    private readonly prices: SendPrices,
    private readonly placement: SendPlacement,
    private readonly reads: SendReads,
    private readonly search: SendSearch,
  ) {}

  /** SMS-005, SMS-008, SMS-213. */
  async quote(customerId: string, request: QuoteRequestDto): Promise<QuoteDto> {
    assertOneSource(request.recipients);
    const line = await this.lines.usable(customerId, request.lineId);
    const measure = measureText(request.text, line.is66Char);
    const { numbers, row, count } = request.recipients;
    const typed = numbers ? countTyped(numbers, { row, count }) : undefined;
    const [counts, { prices }, availableRials] = await Promise.all([
      typed
        ? typed.byOperator
        : this.sources.countList(customerId, request.recipients).then((count) => count.byOperator),
      this.prices.read(customerId, line.lineClass, measure.language),
      this.prices.readAvailable(customerId),
    ]);
    const rows = priceRows(counts, measure.parts, prices);
    const totalRials = rows.reduce((sum, row) => sum + row.totalRials, 0);
    const now = new Date();
    return {
      recipients: rows.reduce((sum, row) => sum + row.recipients, 0),
      parts: measure.parts,
      units: measure.units,
      language: measure.language,
      ucs2Letters: measure.ucs2Letters,
      rows,
      totalRials,
      availableRials,
      enough: availableRials >= totalRials,
      line: line.toDto(),
      startsAt: (line.hasHours
        ? nextTehranOpening(now, { from: line.hoursFrom, to: line.hoursTo })
        : now
      ).toISOString(),
      invalidNumbers: typed?.invalid ?? 0,
      duplicateNumbers: typed?.duplicates ?? 0,
    };
  }

  /**
   * Accepts a send once per idempotency key. The row is written first (`placing`), then the credit is held under the
   * send's own id, then it is queued: a crash between is taken up by the leader, and a repeated request goes on.
   */
  async create(customerId: string, request: SendRequestDto): Promise<SendDto> {
    const requestHash = hashOf(request);
    const known = await this.findByKey(customerId, request.idempotencyKey);
    if (known) return this.repeated(known, requestHash);

    assertOneSource(request.recipients);
    const line = await this.lines.usable(customerId, request.lineId);
    const measure = measureText(request.text, line.is66Char);
    const sendAt = checkedTime(request.sendAt);
    // Before a list is made of them: what is refused leaves nothing behind.
    const { numbers, row, count } = request.recipients;
    if (numbers) laneOf(request.lane, countTyped(numbers, { row, count }).recipients);
    const { listId, firstPosition, recipients, byOperator } = await this.sources.resolve(
      customerId,
      request.recipients,
    );
    const lane = laneOf(request.lane, recipients);
    const { quotedRials, ...prices } = await this.prices.priceSend(customerId, line, measure, byOperator);

    const send = new Send();
    Object.assign(send, {
      id: uuidv7(),
      customerId,
      lineId: line.id,
      ...termsOf(line, measure),
      idempotencyKey: request.idempotencyKey,
      requestHash,
      title: titleOf(request.title),
      body: request.text,
      kind: recipients === 1 ? 'single' : 'group',
      lane,
      listId,
      firstPosition,
      recipients,
      ...prices,
      quotedRials,
      state: sendAt && sendAt > new Date() ? 'scheduled' : 'placing',
      sendAt,
      repeatEvery: request.repeat?.every ?? null,
      repeatTimes: request.repeat?.times ?? null,
      repeatNo: 1,
      repeatFrom: request.repeat ? (sendAt ?? new Date()) : null,
    } satisfies Partial<Send>);

    if (send.state === 'scheduled') await this.prices.assertCredit(customerId, quotedRials);
    try {
      await this.transactions.run(async (tx) => {
        await tx.getRepository(Send).insert(send);
        await this.search.put(tx, send);
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'sends_idempotency') throw error;
      const first = await this.findByKey(customerId, request.idempotencyKey);
      if (first) return this.repeated(first, requestHash);
      throw error;
    }
    if (send.state === 'placing') await this.placement.place(send.id, true, numbers !== undefined);
    else if (!numbers) await this.placement.assertList(send);
    return this.reads.read(customerId, send.id);
  }

  private findByKey(customerId: string, idempotencyKey: string): Promise<Send | null> {
    return this.dataSource.getRepository(Send).findOneBy({ customerId, idempotencyKey });
  }

  private async repeated(send: Send, requestHash: string): Promise<SendDto> {
    if (send.requestHash !== requestHash) throw new DomainError('idempotency.keyReused');
    if (send.state === 'placing') await this.placement.place(send.id, true);
    // The first answer may have been lost: it says whether its list was there.
    if (send.state === 'scheduled') await this.placement.assertList(send);
    if (send.state === 'refused' && isErrorCode(send.refusal)) throw new DomainError(send.refusal);
    return this.reads.read(send.customerId, send.id);
  }
}

/** The same request gives the same hash, whatever the order of its fields. */
function hashOf(request: SendRequestDto): string {
  const { idempotencyKey: _key, ...rest } = request;
  const stable = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(stable)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([, entry]) => entry !== undefined)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, entry]) => [key, stable(entry)]),
          )
        : value;
  return createHash('sha256')
    .update(JSON.stringify(stable(rest)))
    .digest('hex');
}
