import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { execute, query } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { normalizePersian, toLatinDigits } from '@peyk/persian';
import { DataSource, EntityManager } from 'typeorm';
import { Round } from '../dispatch/round';
import { noteOptOut } from '../opt-outs/opt-outs.service';
import { SendsService } from '../sends/sends.service';

/** A sender gets the same answer again only after so long: two machines never answer each other for ever (SMS-211). */
const quietHours = 24;
const answersAStep = 50;

interface DueAnswer {
  readonly line_id: string;
  readonly msisdn: number;
  readonly inbox_id: string;
  readonly customer_id: string;
  readonly text: string | null;
}

/** Idempotency key of the answer to a received message. */
export const secretaryKey = (inboxId: string): string => `secretary:${inboxId}`;

/**
 * Whether the text is nothing but one of the line class's words: letters are folded, digits are of any writing, and
 * spaces, marks and what cannot be seen do not count, around it and within. A word inside a sentence is none.
 */
export function isOptOut(text: string, words: readonly string[]): boolean {
  const folded = fold(text);
  return folded !== '' && words.some((word) => fold(word) === folded);
}

function fold(text: string): string {
  return toLatinDigits(normalizePersian(text.normalize('NFKC')))
    .replaceAll(/[^\p{L}\p{N}]|\u0640/gu, '')
    .toLowerCase();
}

/**
 * What a received message brings about by itself, in this order (SMS-212): an opt-out is noted, else the line's
 * secretary answers (SMS-020). Services with keywords will stand between the two.
 */
@Injectable()
export class SecretaryService {
  private readonly answering: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly sends: SendsService,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {
    this.answering = new Round('secretary', messaging.logger);
  }

  /** In the transaction that stores the message. `msisdn`: undefined when no mobile sent it; machines get no answer. */
  async receive(
    tx: EntityManager,
    line: {
      readonly id: string;
      readonly secretary_text: string | null;
      readonly opt_out_words: readonly string[] | null;
    },
    inboxId: string,
    msisdn: string | undefined,
    text: string,
  ): Promise<void> {
    if (msisdn === undefined) return;
    if (isOptOut(text, line.opt_out_words ?? [])) {
      await noteOptOut(tx, line.id, msisdn);
      return;
    }
    if (line.secretary_text === null) return;
    await execute(
      tx,
      `INSERT INTO secretary_answers (line_id, msisdn, inbox_id, answered_at, due) VALUES ($1, $2, $3, now(), true)
       ON CONFLICT (line_id, msisdn) DO UPDATE SET inbox_id = excluded.inbox_id, answered_at = now(), due = true
       WHERE secretary_answers.answered_at < now() - ${quietHours} * interval '1 hour'`,
      [line.id, msisdn, inboxId],
    );
  }

  /** Hands due answers over as sends, in the lane of replies; once each, under the message's id. */
  async sendDue(): Promise<void> {
    const due = await query<DueAnswer>(
      this.dataSource,
      `SELECT a.line_id, a.msisdn, a.inbox_id, l.customer_id, l.secretary_text AS text
       FROM secretary_answers a JOIN lines l ON l.id = a.line_id
       WHERE a.due AND a.inbox_id <> ALL($1) ORDER BY a.answered_at LIMIT ${answersAStep}`,
      [this.answering.resting],
    );
    await this.answering.each(
      due,
      ({ inbox_id }) => inbox_id,
      (answer) => this.send(answer),
    );
  }

  private async send(answer: DueAnswer): Promise<void> {
    try {
      if (answer.text !== null) {
        await this.sends.create(answer.customer_id, {
          lineId: answer.line_id,
          text: answer.text,
          recipients: { numbers: [String(answer.msisdn)] },
          idempotencyKey: secretaryKey(answer.inbox_id),
          lane: 'otp',
        });
      }
    } catch (error) {
      // Whatever passes is tried again; a refusal (no credit, line off) is final for this message.
      if (!(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'internal')
        throw error;
      this.messaging.logger.info(
        { lineId: answer.line_id, code: error.code },
        'the secretary could not answer',
      );
    }
    await execute(
      this.dataSource,
      'UPDATE secretary_answers SET due = false WHERE line_id = $1 AND msisdn = $2 AND inbox_id = $3',
      [answer.line_id, answer.msisdn, answer.inbox_id],
    );
  }
}
