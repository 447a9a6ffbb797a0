import { Injectable } from '@nestjs/common';
import { query, uuidv7 } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { nextOf } from './repetition';
import { SendSearch } from './send-search';
import { Send } from './send.entity';

/** The occurrences of repeated sends: each one lays down the next. */
@Injectable()
export class SendRepetitions {
  constructor(private readonly search: SendSearch) {}

  /** Of a repeated send: one that fires and one that cancels the rest wait for each other. */
  async lock(tx: EntityManager, { id, repeatOf }: Pick<Send, 'id' | 'repeatOf'>): Promise<void> {
    await query(tx, 'SELECT FROM sends WHERE id = $1 FOR NO KEY UPDATE', [repeatOf ?? id]);
  }

  /** The next occurrence of a repeated send, if there is one and it does not lie there yet. */
  async layNext(tx: EntityManager, send: Omit<Send, 'line'>): Promise<Send | undefined> {
    const sendAt = nextOf(send);
    if (!sendAt) return undefined;
    const next = new Send();
    Object.assign(next, {
      id: uuidv7(),
      customerId: send.customerId,
      lineId: send.lineId,
      linkId: send.linkId,
      idempotencyKey: null,
      requestHash: send.requestHash,
      title: send.title,
      body: send.body,
      kind: send.kind,
      lane: send.lane,
      language: send.language,
      parts: send.parts,
      is66Char: send.is66Char,
      listId: send.listId,
      firstPosition: send.firstPosition,
      recipients: send.recipients,
      prices: send.prices,
      resellerId: send.resellerId,
      costs: send.costs,
      quotedRials: send.quotedRials,
      refundPolicy: send.refundPolicy,
      state: 'scheduled',
      sendAt,
      repeatEvery: send.repeatEvery,
      repeatTimes: send.repeatTimes,
      repeatNo: send.repeatNo + 1,
      repeatOf: send.repeatOf ?? send.id,
      repeatFrom: send.repeatFrom,
    } satisfies Partial<Send>);
    await tx.createQueryBuilder().insert().into(Send).values(next).orIgnore().updateEntity(false).execute();
    await this.search.put(tx, next);
    return next;
  }
}
