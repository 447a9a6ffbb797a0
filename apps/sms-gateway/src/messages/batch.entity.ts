import { execute } from '@peyk/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';

/** In the order of the codes under which they are stored. */
export const batchStates = ['waiting', 'assigned', 'through'] as const;
export type BatchState = (typeof batchStates)[number];

/**
 * Every allowed move of a batch. `assigned`: given to one worker. `through`: each message has an outcome, or what waits
 * of them stands in another batch. What a worker gives back is laid in a new batch: none ever waits a second time.
 */
export const batchTransitions: Readonly<Record<BatchState, readonly BatchState[]>> = {
  waiting: ['assigned', 'through'],
  assigned: ['through'],
  through: [],
};

/** As it is stored. */
export function batchStateCode(state: BatchState): number {
  return batchStates.indexOf(state);
}

/** Codes of the states from which `to` may be reached. */
export function batchCodesBefore(to: BatchState): number[] {
  return batchStates.filter((from) => batchTransitions[from].includes(to)).map(batchStateCode);
}

/** Up to a hundred messages of a send with consecutive seq: the unit that is given to a worker. */
@Entity('batches')
@Index('batches_waiting', ['sendId', 'firstSeq'], { where: `(state = ${batchStateCode('waiting')})` })
@Index('batches_held', ['sessionId'], { where: `(state = ${batchStateCode('assigned')})` })
@Index(['sendId', 'assignedAt'])
export class Batch {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  sendId!: string;

  @Column('uuid')
  linkId!: string;

  @Column('int')
  firstSeq!: number;

  @Column('smallint')
  count!: number;

  /** Rows before it are through; the next assignment begins here. */
  @Column('smallint', { default: 0 })
  nextIndex!: number;

  /** Rows before it may have been written to the operator in the assignment that runs. */
  @Column('smallint', { default: 0 })
  startedTo!: number;

  /** Code of a `BatchState`; assigned: to `sessionId`. */
  @Column('smallint', { default: batchStateCode('waiting') })
  state!: number;

  @Column('uuid', { nullable: true })
  sessionId!: string | null;

  @Column('timestamptz', { nullable: true })
  assignedAt!: Date | null;
}

/** Columns of a batch that say which messages of the send are still to be given out. */
export interface BatchRangeRow {
  readonly id: string;
  readonly first_seq: number;
  readonly count: number;
  readonly next_index: number;
}

/** Nothing of these batches waits or is on its way any more. */
export async function endBatches(tx: EntityManager, batchIds: readonly string[]): Promise<void> {
  await execute(tx, 'UPDATE batches SET state = $2 WHERE id = ANY($1) AND state = ANY($3)', [
    batchIds,
    batchStateCode('through'),
    batchCodesBefore('through'),
  ]);
}
