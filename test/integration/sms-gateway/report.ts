import { OutcomeBatchDto, outcomeKinds, receiptStates } from '@peyk/contracts/sms';
import type { InboundPartDto, OutcomeKind, ReceiptState } from '@peyk/contracts/sms';

/** Where a message is: its batch and its index in it. */
export interface Place {
  readonly batchId: string;
  readonly index: number;
}

interface OutcomeMore {
  /** Bit p: part p was taken; the first part by default. */
  readonly parts?: number;
  readonly status?: number;
  readonly ids?: string;
  readonly at?: number;
}

/** What a worker says, row by row. */
export class Report {
  private static made = 0;
  readonly dto: OutcomeBatchDto;

  constructor(
    readonly sessionId: string,
    readonly linkId: string,
  ) {
    this.dto = Object.assign(new OutcomeBatchDto(), {
      sessionId,
      number: ++Report.made,
      linkId,
      batchIds: [],
      startedBatch: [],
      startedTo: [],
      outcomeBatch: [],
      outcomeIndex: [],
      outcomeKind: [],
      outcomeParts: [],
      outcomeStatus: [],
      outcomeIds: [],
      outcomeAt: [],
      receiptId: [],
      receiptOtherId: [],
      receiptOtherMsisdn: [],
      receiptState: [],
      receiptMsisdn: [],
      receiptError: [],
      receiptAt: [],
      receiptBatch: [],
      receiptIndex: [],
      receiptPart: [],
      inbound: [],
    });
  }

  started(batchId: string, to: number): this {
    this.dto.startedBatch.push(this.numberOf(batchId));
    this.dto.startedTo.push(to);
    return this;
  }

  sent(place: Place, ids: string, more: OutcomeMore = {}): this {
    return this.outcome(place, 'sent', { parts: 1, ids, ...more });
  }
  failed(place: Place, status: number, more: OutcomeMore = {}): this {
    return this.outcome(place, 'failed', { parts: 0, status, ...more });
  }
  inDoubt(place: Place, more: OutcomeMore = {}): this {
    return this.outcome(place, 'in_doubt', { parts: 0, ...more });
  }
  returned(batchId: string, index: number): this {
    return this.outcome({ batchId, index }, 'returned', { parts: 0 });
  }

  receipt(
    id: string,
    state: ReceiptState,
    more: {
      msisdn?: number;
      otherMsisdn?: number;
      otherId?: string;
      place?: Place;
      part?: number;
      at?: number;
    } = {},
  ): this {
    const { dto } = this;
    dto.receiptId.push(id);
    dto.receiptState.push(receiptStates.indexOf(state));
    dto.receiptMsisdn.push(more.msisdn ?? 0);
    dto.receiptOtherMsisdn?.push(more.otherMsisdn ?? 0);
    dto.receiptOtherId?.push(more.otherId ?? '');
    dto.receiptError.push('');
    dto.receiptAt.push(more.at ?? Date.now());
    dto.receiptBatch.push(more.place ? this.numberOf(more.place.batchId) : -1);
    dto.receiptIndex.push(more.place?.index ?? 0);
    dto.receiptPart.push(more.part ?? 0);
    return this;
  }

  inbound(part: InboundPartDto): this {
    this.dto.inbound.push(part);
    return this;
  }

  private outcome(place: Place, kind: OutcomeKind, more: OutcomeMore): this {
    const { dto } = this;
    dto.outcomeBatch.push(this.numberOf(place.batchId));
    dto.outcomeIndex.push(place.index);
    dto.outcomeKind.push(outcomeKinds.indexOf(kind));
    dto.outcomeParts.push(more.parts ?? 0);
    dto.outcomeStatus.push(more.status ?? 0);
    dto.outcomeIds.push(more.ids ?? '');
    dto.outcomeAt.push(more.at ?? Date.now());
    return this;
  }

  private numberOf(batchId: string): number {
    const known = this.dto.batchIds.indexOf(batchId);
    return known >= 0 ? known : this.dto.batchIds.push(batchId) - 1;
  }
}
