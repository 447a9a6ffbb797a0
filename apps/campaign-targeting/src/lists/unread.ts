import { DomainError } from '@peyk/contracts';
import type { EntityManager } from 'typeorm';
import { List } from './list.entity';

/** Lists of one customer that are on their way or not read yet: what a person does by hand, and a bound on the disk. */
const unreadMax = 10;

/** Until the transaction ends nobody else begins a list of this customer that has to be read. */
export async function lockUnread(tx: EntityManager, customerId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`uploads:${customerId}`]);
}

/** Under {@link lockUnread}. Throws rate.limited while 10 lists were not read yet. */
export async function assertFewUnread(tx: EntityManager, customerId: string): Promise<void> {
  const unread = await tx
    .getRepository(List)
    .createQueryBuilder()
    .where("customer_id = :customerId AND state IN ('uploading', 'reading')", { customerId })
    .getCount();
  if (unread >= unreadMax) throw new DomainError('rate.limited', { max: unreadMax });
}
