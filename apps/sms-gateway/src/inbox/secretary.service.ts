import { Injectable } from '@nestjs/common';
import { execute } from '@peyk/database';
import { normalizePersian, toLatinDigits } from '@peyk/persian';
import type { EntityManager } from 'typeorm';
import { noteOptOut } from '../opt-outs/opt-outs.service';

/** A sender gets the same answer again only after so long: two machines never answer each other for ever (SMS-211). */
const quietHours = 24;
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
}
