import { execute } from '@peyk/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { EntityManager } from 'typeorm';

/**
 * What happened at a customer in an hour of Asia/Tehran. Kept by the code that records the thing itself, in the same
 * transaction: nobody ever counts messages, and the sums are those of the messages.
 */
@Entity('activity')
export class Activity {
  @PrimaryColumn('uuid')
  customerId!: string;

  /** Its beginning. */
  @Index()
  @PrimaryColumn('timestamptz')
  hour!: Date;

  @Column('int', { default: 0 })
  sends!: number;

  @Column('int', { default: 0 })
  messages!: number;

  @Column('int', { default: 0 })
  sent!: number;

  @Column('int', { default: 0 })
  parts!: number;

  @Column('int', { default: 0 })
  delivered!: number;

  @Column('int', { default: 0 })
  undelivered!: number;

  @Column('int', { default: 0 })
  failed!: number;

  @Column('int', { default: 0 })
  received!: number;

  @Column('bigint', { default: 0 })
  chargedRials!: number;

  @Column('bigint', { default: 0 })
  refundedRials!: number;
}

export type ActivityFigures = Omit<Activity, 'customerId' | 'hour'>;

const columns = {
  sends: 'int',
  messages: 'int',
  sent: 'int',
  parts: 'int',
  delivered: 'int',
  undelivered: 'int',
  failed: 'int',
  received: 'int',
  charged_rials: 'bigint',
  refunded_rials: 'bigint',
} as const;
const names = Object.keys(columns);
/** For a SELECT that answers `ActivityFigures`. */
export const activitySums = names
  .map(
    (name) =>
      `sum(${name})::bigint AS "${name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}"`,
  )
  .join(', ');
const upsert = `INSERT INTO activity AS a (customer_id, hour, ${names.join(', ')})
  SELECT v.customer_id, date_trunc('hour', now(), 'Asia/Tehran'), ${names.map((name) => `v.${name}`).join(', ')}
  FROM unnest($1::uuid[], ${Object.values(columns)
    .map((type, index) => `$${index + 2}::${type}[]`)
    .join(', ')}) AS v(customer_id, ${names.join(', ')})
  ORDER BY v.customer_id
  ON CONFLICT (customer_id, hour) DO UPDATE SET ${names.map((name) => `${name} = a.${name} + excluded.${name}`).join(', ')}`;

/**
 * Adds to the figures of this hour. The last statement of its transaction, and once in it: everybody else who counts
 * for the same customer waits for its end, and nobody may wait for them in turn.
 */
export async function countActivity(
  tx: EntityManager,
  byCustomer: ReadonlyMap<string, Partial<ActivityFigures>>,
): Promise<void> {
  const rows = [...byCustomer.values()];
  if (rows.length === 0) return;
  const column = (name: keyof ActivityFigures): number[] => rows.map((row) => row[name] ?? 0);
  await execute(tx, upsert, [
    [...byCustomer.keys()],
    column('sends'),
    column('messages'),
    column('sent'),
    column('parts'),
    column('delivered'),
    column('undelivered'),
    column('failed'),
    column('received'),
    column('chargedRials'),
    column('refundedRials'),
  ]);
}
