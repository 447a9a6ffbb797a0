import { randomUUID } from 'node:crypto';
import { outcomeKinds, receiptStates } from '@peyk/contracts/sms';
import type {
  DispatchBatchDto,
  HeartbeatAnswerDto,
  HeartbeatDto,
  InboundPartDto,
  LinkAssignmentDto,
  OutcomeBatchDto,
  OutcomeKind,
  ReceiptState,
} from '@peyk/contracts/sms';
import { countSmsParts } from '@peyk/persian';
import type { DispatchBroker, WorkHandler } from '../../../apps/sms-dispatch-worker/src/dispatch.broker';

export interface OutcomeRow {
  readonly kind: OutcomeKind;
  readonly parts: number;
  readonly status: number;
  readonly ids: string;
}

interface Row {
  readonly key: string;
  readonly parts: number;
  isStarted: boolean;
  /** ms since 1970 with fractions: when the broker confirmed the start. */
  startedAt: number;
  outcomes: OutcomeRow[];
  /** Parts reported by receipts that named the message, and how. */
  receipts: { part: number; state: ReceiptState }[];
}

interface Batch {
  readonly dto: DispatchBatchDto;
  readonly rows: Row[];
  returnedFrom: number | undefined;
}

/**
 * sms-gateway and broker in one, without either: gives out what a test says, keeps what the worker reports, and fails the
 * test's expectations where the protocol is broken (`violations`).
 */
export class FakeGateway implements DispatchBroker {
  connected = true;
  epoch = 1;
  alive = true;
  answersHeartbeats = true;
  confirmMs = 3;
  readonly links = new Map<string, LinkAssignmentDto>();
  readonly batches = new Map<string, Batch>();
  readonly inbound: InboundPartDto[] = [];
  readonly looseReceipts: { id: string; state: ReceiptState; msisdn: number; error: string }[] = [];
  readonly violations: string[] = [];
  readonly sessions = new Set<string>();
  lastBeat: HeartbeatDto | undefined;
  mostOpenParts = 0;
  publishes = 0;
  private openParts = 0;
  private handler: WorkHandler | undefined;
  private lastConfirmed = Promise.resolve();

  heartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    if (!this.answersHeartbeats || !this.connected) return Promise.reject(new Error('no answer'));
    this.lastBeat = beat;
    this.sessions.add(beat.sessionId);
    if (!this.alive) {
      this.alive = true;
      return Promise.resolve({ alive: false, links: [] });
    }
    return Promise.resolve({
      alive: true,
      links: beat.leaving ? [] : structuredClone([...this.links.values()]),
    });
  }

  consume(_queue: string, handler: WorkHandler): Promise<{ cancel(): Promise<void> }> {
    this.handler = handler;
    return Promise.resolve({ cancel: () => Promise.resolve() });
  }

  async publishOutcomes(dto: OutcomeBatchDto): Promise<void> {
    this.publishes += 1;
    const copy = structuredClone(dto);
    const before = this.lastConfirmed;
    this.lastConfirmed = (async () => {
      await before;
      await sleep(this.confirmMs);
    })();
    await this.lastConfirmed;
    if (!this.connected) throw new Error('connection lost');
    this.record(copy);
  }

  /** Gives a send of `count` messages to the worker, 100 a batch; answers its id. */
  send(options: {
    linkId: string;
    count: number;
    text: string;
    lane?: DispatchBatchDto['lane'];
    customerId?: string;
    sendId?: string;
    source?: string;
    firstMsisdn?: number;
  }): string {
    const sendId = options.sendId ?? randomUUID();
    const { parts } = countSmsParts(options.text);
    const first = options.firstMsisdn ?? 989_120_000_000;
    for (let from = 0; from < options.count; from += 100) {
      const size = Math.min(100, options.count - from);
      this.give({
        batchId: randomUUID(),
        sendId,
        customerId: options.customerId ?? '0198f000-0000-7000-8000-00000000000a',
        linkId: options.linkId,
        lane: options.lane ?? 'bulk',
        source: options.source ?? '982000001',
        text: options.text,
        is66Char: false,
        parts,
        fromIndex: 0,
        seqs: Array.from({ length: size }, (_, i) => from + i + 1),
        msisdns: Array.from({ length: size }, (_, i) => first + from + i),
      });
    }
    return sendId;
  }

  give(dto: DispatchBatchDto): void {
    if (!this.batches.has(dto.batchId)) {
      this.batches.set(dto.batchId, {
        dto,
        returnedFrom: undefined,
        rows: dto.seqs.map((seq) => ({
          key: `${dto.sendId.replaceAll('-', '').slice(-16)}:${seq}`,
          parts: dto.parts,
          isStarted: false,
          startedAt: 0,
          outcomes: [],
          receipts: [],
        })),
      });
    }
    this.handler?.onBatch(dto);
  }

  withdraw(sendId: string): void {
    this.handler?.onWithdraw({ sendId });
  }

  rowsOf(sendId?: string): Row[] {
    return [...this.batches.values()]
      .filter(({ dto }) => sendId === undefined || dto.sendId === sendId)
      .flatMap(({ rows }) => rows);
  }

  /** Rows by the kind of their last outcome; `returned` and `open` as they are. */
  tally(sendId?: string): Record<OutcomeKind | 'open', number> {
    const tally = { sent: 0, failed: 0, in_doubt: 0, returned: 0, open: 0 };
    for (const { dto, rows, returnedFrom } of this.batches.values()) {
      if (sendId !== undefined && dto.sendId !== sendId) continue;
      rows.forEach((row, at) => {
        const last = row.outcomes.at(-1);
        if (last) tally[last.kind] += 1;
        else if (returnedFrom !== undefined && at >= returnedFrom) tally.returned += 1;
        else tally.open += 1;
      });
    }
    return tally;
  }

  private record(dto: OutcomeBatchDto): void {
    const batchAt = (at: number | undefined): Batch | undefined =>
      this.batches.get(dto.batchIds[at ?? -1] ?? '');
    dto.startedBatch.forEach((number, at) => {
      const batch = batchAt(number);
      const to = (dto.startedTo[at] ?? 0) - (batch?.dto.fromIndex ?? 0);
      batch?.rows.slice(0, to).forEach((row) => {
        if (row.isStarted) return;
        row.isStarted = true;
        row.startedAt = performance.timeOrigin + performance.now();
        this.openParts += row.parts;
      });
    });
    dto.outcomeBatch.forEach((number, at) => {
      const batch = batchAt(number);
      const kind = outcomeKinds[dto.outcomeKind[at] ?? -1];
      const index = (dto.outcomeIndex[at] ?? 0) - (batch?.dto.fromIndex ?? 0);
      if (!batch || !kind) return void this.violations.push('outcome of nothing');
      if (kind === 'returned') {
        batch.rows.slice(index).forEach((row) => {
          if (row.outcomes.length > 0) this.violations.push(`${row.key} returned after its outcome`);
          if (row.isStarted) this.openParts -= row.parts;
          row.isStarted = false;
        });
        batch.returnedFrom = index;
        return;
      }
      const row = batch.rows[index];
      if (!row) return void this.violations.push(`no row ${index}`);
      if (!row.isStarted) this.violations.push(`${row.key} has an outcome and was not started`);
      if (row.outcomes.length === 0) this.openParts -= row.parts;
      else if (row.outcomes.at(-1)?.kind !== 'in_doubt') this.violations.push(`${row.key} has two outcomes`);
      row.outcomes.push({
        kind,
        parts: dto.outcomeParts[at] ?? 0,
        status: dto.outcomeStatus[at] ?? 0,
        ids: dto.outcomeIds[at] ?? '',
      });
    });
    this.mostOpenParts = Math.max(this.mostOpenParts, this.openParts);
    dto.receiptId.forEach((id, at) => {
      const state = receiptStates[dto.receiptState[at] ?? -1] ?? 'unknown';
      const batch = batchAt(dto.receiptBatch[at]);
      const row = batch?.rows[(dto.receiptIndex[at] ?? 0) - batch.dto.fromIndex];
      if (row) row.receipts.push({ part: dto.receiptPart[at] ?? 0, state });
      else {
        this.looseReceipts.push({
          id,
          state,
          msisdn: dto.receiptMsisdn[at] ?? 0,
          error: dto.receiptError[at] ?? '',
        });
      }
    });
    this.inbound.push(...dto.inbound);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until `isSo`, at most `ms`; answers whether it came to be. */
export async function eventually(isSo: () => boolean, ms = 30_000): Promise<boolean> {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > end) return false;
    await sleep(10);
  }
  return true;
}
