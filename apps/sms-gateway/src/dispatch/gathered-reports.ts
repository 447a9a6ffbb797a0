import { outcomeKinds, receiptStates } from '@peyk/contracts/sms';
import type { InboundPartDto, OutcomeBatchDto } from '@peyk/contracts/sms';
import type { ReceiptRulesCache } from '../receipts/receipt-rules';
import { newReportedMessage, noteReceipt, plausible } from '../receipts/reported-message';
import type { Receipt, ReportedMessage } from '../receipts/reported-message';
import type { KnownBatch, KnownBatches } from './known-batches';

/** What reports of workers say, sorted by what it is about. */
export class GatheredReports {
  /** By batch, the messages by their index in it. */
  readonly rows = new Map<KnownBatch, (ReportedMessage | undefined)[]>();
  readonly started = new Map<KnownBatch, number>();
  readonly returned = new Map<KnownBatch, { readonly index: number; readonly sessionId: string }>();
  /** Of which only the operator's id is known. */
  readonly receipts: Receipt[] = [];
  readonly inbound: { readonly linkId: string; readonly part: InboundPartDto }[] = [];

  constructor(
    private readonly batches: Pick<KnownBatches, 'find'>,
    private readonly rules: ReceiptRulesCache,
    private readonly onSeen: (batchId: string) => void,
  ) {}

  get messages(): ReportedMessage[] {
    return [...this.rows.values()].flatMap((list) => list.filter((row) => row !== undefined));
  }

  gather(report: OutcomeBatchDto): void {
    const batches = report.batchIds.map((id) => this.batches.find(id));
    const rowOf = (batch: KnownBatch, index: number): ReportedMessage => {
      let list = this.rows.get(batch);
      if (!list) this.rows.set(batch, (list = []));
      return (list[index] ??= newReportedMessage(
        batch.sendId,
        batch.linkId,
        batch.firstSeq + index,
        batch.parts,
      ));
    };
    for (let i = 0; i < report.startedBatch.length; i++) {
      const batch = batches[report.startedBatch[i] ?? -1];
      const to = report.startedTo[i] ?? 0;
      if (!batch) continue;
      this.onSeen(batch.id);
      if (to > (this.started.get(batch) ?? batch.startedTo)) this.started.set(batch, to);
    }
    for (let i = 0; i < report.outcomeBatch.length; i++) {
      const batch = batches[report.outcomeBatch[i] ?? -1];
      const kind = outcomeKinds[report.outcomeKind[i] ?? -1];
      const index = report.outcomeIndex[i] ?? 0;
      if (!batch || !kind) continue;
      if (kind === 'returned') {
        this.returned.set(batch, { index, sessionId: report.sessionId });
        continue;
      }
      const row = rowOf(batch, index);
      // A later answer ends a doubt; a doubt never replaces an answer.
      if (row.outcome && kind === 'in_doubt') continue;
      row.outcome = kind;
      row.submitted = report.outcomeParts[i] ?? 0;
      row.status = report.outcomeStatus[i] ?? 0;
      row.ids = report.outcomeIds[i] ?? '';
      row.at = plausible(report.outcomeAt[i] ?? 0);
    }
    for (let i = 0; i < report.receiptId.length; i++) {
      const state = receiptStates[report.receiptState[i] ?? -1];
      const id = report.receiptId[i] ?? '';
      // What is no end is not waited for; what names nothing is kept, so that it can be counted.
      if (!state || ((state === 'accepted' || state === 'unknown') && id !== '')) continue;
      const at = plausible(report.receiptAt[i] ?? 0);
      const receipt: Receipt = {
        linkId: report.linkId,
        id,
        otherId: report.receiptOtherId?.[i] ?? '',
        state,
        msisdn: report.receiptMsisdn[i] ?? 0,
        otherMsisdn: report.receiptOtherMsisdn?.[i] ?? 0,
        at,
      };
      const batch = batches[report.receiptBatch[i] ?? -1];
      if (!batch) {
        this.receipts.push(receipt);
        continue;
      }
      const row = rowOf(batch, report.receiptIndex[i] ?? 0);
      noteReceipt(row, 1 << (report.receiptPart[i] ?? 0), state, at, this.rules.rulesOf(row.linkId));
      (row.receipts ??= []).push(receipt);
    }
    for (const part of report.inbound) this.inbound.push({ linkId: report.linkId, part });
  }

  /** Gives receipts to messages that the reports have already. @returns the other messages */
  mergeReceipts(matched: readonly ReportedMessage[]): ReportedMessage[] {
    if (matched.length === 0) return [];
    const known = new Map<string, ReportedMessage>();
    for (const list of this.rows.values())
      for (const row of list) if (row) known.set(`${row.sendId} ${row.seq}`, row);
    return matched.filter((row) => {
      const own = known.get(`${row.sendId} ${row.seq}`);
      if (!own) return true;
      own.delivered |= row.delivered;
      own.undelivered |= row.undelivered;
      own.receiptAt = Math.max(own.receiptAt, row.receiptAt);
      return false;
    });
  }
}
