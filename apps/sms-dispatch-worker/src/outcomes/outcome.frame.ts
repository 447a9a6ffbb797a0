import { OutcomeBatchDto, outcomeKinds, receiptStates } from '@peyk/contracts/sms';
import type { InboundPartDto, OutcomeKind } from '@peyk/contracts/sms';
import type { ParsedReceipt } from '../receipts/receipt.parser';
import type { SubmittedPart } from '../receipts/submitted-ids';
import type { HeldBatch, Message } from '../submit/held-batch';

/** A deliver_sm that is answered once what it says is safe. */
export interface Delivery {
  answer(): void;
}

/** Where a receipt belongs, and the id and recipient by which that is known. */
export type PlacedReceipt = SubmittedPart & { readonly id: string; readonly msisdn: number };

const kindNumbers = Object.fromEntries(outcomeKinds.map((kind, at) => [kind, at])) as Record<
  OutcomeKind,
  number
>;
const stateNumbers = new Map(receiptStates.map((state, at) => [state, at]));

/** Rows of one link on their way into one message to sms-gateway, and whom to tell when it is confirmed. */
export class OutcomeFrame {
  readonly dto = new OutcomeBatchDto();
  readonly starts: Message[] = [];
  /** Messages whose first outcome is here. */
  readonly resolved: Message[] = [];
  readonly returnedBatches: string[] = [];
  readonly deliveries: Delivery[] = [];
  isConfirmed = false;
  publishedAt = 0;
  /** Rows when it was closed. */
  queuedRows = 0;
  private readonly batchNumbers = new Map<string, number>();
  private lastStartedBatch: HeldBatch | undefined;

  constructor(sessionId: string, linkId: string) {
    const { dto } = this;
    dto.sessionId = sessionId;
    dto.linkId = linkId;
    dto.batchIds = [];
    dto.startedBatch = [];
    dto.startedTo = [];
    dto.outcomeBatch = [];
    dto.outcomeIndex = [];
    dto.outcomeKind = [];
    dto.outcomeParts = [];
    dto.outcomeStatus = [];
    dto.outcomeIds = [];
    dto.outcomeAt = [];
    dto.receiptId = [];
    dto.receiptOtherId = [];
    dto.receiptOtherMsisdn = [];
    dto.receiptState = [];
    dto.receiptMsisdn = [];
    dto.receiptError = [];
    dto.receiptAt = [];
    dto.receiptBatch = [];
    dto.receiptIndex = [];
    dto.receiptPart = [];
    dto.inbound = [];
  }

  get rows(): number {
    const { dto } = this;
    return this.starts.length + dto.outcomeBatch.length + dto.receiptId.length + dto.inbound.length;
  }

  start(message: Message): void {
    this.starts.push(message);
    const { startedBatch, startedTo } = this.dto;
    if (this.lastStartedBatch === message.batch) {
      startedTo[startedTo.length - 1] = message.index + 1;
      return;
    }
    this.lastStartedBatch = message.batch;
    startedBatch.push(this.numberOf(message.batch.dto.batchId));
    startedTo.push(message.index + 1);
  }

  outcome(message: Message, kind: OutcomeKind): void {
    if (!message.isResolved) this.resolved.push(message);
    this.row(message.batch.dto.batchId, message.index, kind, message.taken, message.status, message.idList());
  }

  /** From this index on nothing of the batch was written, whatever was started. */
  returned(batchId: string, index: number): void {
    this.returnedBatches.push(batchId);
    this.row(batchId, index, 'returned', 0, 0, '');
  }

  /** A row that was never started and cannot be. */
  refused(batchId: string, index: number, status: number): void {
    this.row(batchId, index, 'failed', 0, status, '');
  }

  receipt(receipt: ParsedReceipt, place: PlacedReceipt | undefined, delivery: Delivery): void {
    const { dto } = this;
    const [id = '', otherId = ''] = place ? [place.id] : receipt.ids;
    const [msisdn = 0, otherMsisdn = 0] = place ? [place.msisdn] : receipt.msisdns;
    dto.receiptId.push(id);
    dto.receiptOtherId?.push(otherId);
    dto.receiptState.push(stateNumbers.get(receipt.state) ?? 0);
    dto.receiptMsisdn.push(msisdn);
    dto.receiptOtherMsisdn?.push(otherMsisdn);
    dto.receiptError.push(receipt.error);
    dto.receiptAt.push(Date.now());
    dto.receiptBatch.push(place ? this.numberOf(place.batchId) : -1);
    dto.receiptIndex.push(place?.index ?? 0);
    dto.receiptPart.push(place?.part ?? 0);
    this.deliveries.push(delivery);
  }

  inbound(part: InboundPartDto, delivery: Delivery): void {
    this.dto.inbound.push(part);
    this.deliveries.push(delivery);
  }

  /** Leaves only what is true for ever: the session is over, and its batches are others' now. */
  dropClaims(): void {
    const { dto } = this;
    dto.startedBatch = [];
    dto.startedTo = [];
    const kept = dto.outcomeKind.map((kind) => kind !== kindNumbers.returned);
    for (const column of [
      'outcomeBatch',
      'outcomeIndex',
      'outcomeKind',
      'outcomeParts',
      'outcomeStatus',
      'outcomeAt',
    ] as const) {
      dto[column] = dto[column].filter((_, at) => kept[at]);
    }
    dto.outcomeIds = dto.outcomeIds.filter((_, at) => kept[at]);
  }

  private row(
    batchId: string,
    index: number,
    kind: OutcomeKind,
    parts: number,
    status: number,
    ids: string,
  ): void {
    const { dto } = this;
    dto.outcomeBatch.push(this.numberOf(batchId));
    dto.outcomeIndex.push(index);
    dto.outcomeKind.push(kindNumbers[kind]);
    dto.outcomeParts.push(parts);
    dto.outcomeStatus.push(status);
    dto.outcomeIds.push(ids);
    dto.outcomeAt.push(Date.now());
  }

  private numberOf(batchId: string): number {
    let number = this.batchNumbers.get(batchId);
    if (number === undefined) {
      number = this.dto.batchIds.push(batchId) - 1;
      this.batchNumbers.set(batchId, number);
    }
    return number;
  }
}
