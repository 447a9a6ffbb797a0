import { Injectable, Logger } from '@nestjs/common';
import { query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { stateCode } from '../messages/message.entity';
import type { SendChanges } from '../messages/send-changes';
import { MessageMoves } from './message-moves';
import { idForms } from './operator-id';
import { OrphanReceipts } from './orphan-receipts';
import { ReceiptMatcher } from './receipt-matcher';
import { ReceiptRulesCache } from './receipt-rules';
import { ReceiptWaits } from './receipt-waits';
import type { Receipt, ReportedMessage } from './reported-message';

/** Writes the outcomes and receipts of one flush of reports: which message each is of, and what becomes of it. */
@Injectable()
export class MessageRecorder {
  private readonly logger = new Logger(MessageRecorder.name);

  constructor(
    readonly rules: ReceiptRulesCache,
    private readonly matcher: ReceiptMatcher,
    private readonly moves: MessageMoves,
    private readonly orphans: OrphanReceipts,
    private readonly waits: ReceiptWaits,
  ) {}

  /** Begins as a program that just started: what another replica wrote meanwhile is not known here. */
  reset(): void {
    this.orphans.reset();
  }

  /** Messages of receipts whose id only the database knows. The rest is kept: it may have overtaken its answer. */
  async matchReceipts(tx: EntityManager, receipts: readonly Receipt[]): Promise<ReportedMessage[]> {
    if (receipts.length === 0) return [];
    const { rows, known } = await this.matcher.findMessages(tx, receipts);
    await this.orphans.keep(
      tx,
      receipts.filter((_receipt, index) => !known.has(index)),
    );
    return rows;
  }

  async write(tx: EntityManager, messages: readonly ReportedMessage[], changes: SendChanges): Promise<void> {
    const allMoved = await this.moves.writeOutcomes(tx, messages, changes);
    // The receipts of a message whose outcome moved it went along, but for a doubt, which they end. A message whose outcome
    // was recorded before (the report came twice) has only its receipts to add.
    const early = await this.moves.writeReceipts(
      tx,
      allMoved ? messages.filter((row) => !row.outcome || row.outcome === 'in_doubt') : messages,
      changes,
    );
    await this.keepEarly(tx, early);
    await this.waits.awaitFinalReceipts(tx, messages);
    await this.moves.writeSubmissions(tx, messages);
  }

  /** Receipts that came before their answer: the submissions just written may name their message. */
  async matchOrphans(
    tx: EntityManager,
    all: readonly ReportedMessage[],
    changes: SendChanges,
    after: (() => void)[],
  ): Promise<void> {
    if (!(await this.orphans.areKept(tx))) {
      after.push(() => this.orphans.noteNone());
      return;
    }
    const forms = new Map<string, Set<string>>();
    for (const row of all) {
      for (const id of row.ids.split(' ')) {
        if (id === '' || id === '-') continue;
        const own = forms.get(row.linkId) ?? new Set<string>();
        forms.set(row.linkId, own);
        for (const form of idForms(id)) own.add(form);
      }
    }
    for (const [linkId, ids] of forms) {
      const found = await this.orphans.findByIds(tx, linkId, ids);
      const matched = await this.matcher.findMessages(
        tx,
        found.map(({ receipt }) => receipt),
      );
      await this.orphans.delete(
        tx,
        found.filter((_orphan, index) => matched.known.has(index)).map(({ id }) => id),
      );
      await this.moves.writeReceipts(tx, matched.rows, changes);
      await this.waits.awaitFinalReceipts(tx, matched.rows);
    }
  }

  /**
   * Receipts whose place is known and whose message still waits for its answer: the reports changed their order when
   * RabbitMQ gave back what a lost leader held. They are kept like any receipt that overtook its answer; those of
   * messages that are through are repetitions.
   */
  private async keepEarly(tx: EntityManager, rows: readonly ReportedMessage[]): Promise<void> {
    const placed = rows.filter((row) => row.receipts);
    if (placed.length === 0) return;
    const waiting = await query<{ send_id: string; seq: number }>(
      tx,
      `SELECT m.send_id, m.seq FROM unnest($1::uuid[], $2::int[]) AS v(send_id, seq)
       JOIN messages m ON m.send_id = v.send_id AND m.seq = v.seq WHERE m.state = $3`,
      [placed.map((row) => row.sendId), placed.map((row) => row.seq), stateCode('queued')],
    );
    const keys = new Set(waiting.map((row) => `${row.send_id} ${row.seq}`));
    if (keys.size > 0)
      this.logger.warn({ messages: keys.size }, 'receipts came before their answers; they are kept');
    await this.orphans.keep(
      tx,
      placed.filter((row) => keys.has(`${row.sendId} ${row.seq}`)).flatMap((row) => row.receipts ?? []),
    );
  }
}
