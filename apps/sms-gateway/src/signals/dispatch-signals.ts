import { Injectable } from '@nestjs/common';

/**
 * What the parts of this process tell dispatch at once, so that it need not wait for its next look at the database.
 * Only hints: without them everything is right too, a little later. Dispatch sets the listeners while it runs here.
 */
@Injectable()
export class DispatchSignals {
  onNewWork: () => void = () => undefined;
  onHeldBatches: (sessionId: string, batchIds: ReadonlySet<string>) => void = () => undefined;
  onMovedSends: (sendIds: Iterable<string>) => void = () => undefined;

  /** There may be something new to prepare or to release. */
  announceWork(): void {
    this.onNewWork();
  }

  /** What a worker said that it holds. */
  reportHeldBatches(sessionId: string, batchIds: ReadonlySet<string>): void {
    this.onHeldBatches(sessionId, batchIds);
  }

  /** The counts of these sends moved: they may end, and their progress is news. */
  reportMovedSends(sendIds: Iterable<string>): void {
    this.onMovedSends(sendIds);
  }
}
