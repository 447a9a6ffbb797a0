import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { smsSendsRpc } from '@peyk/contracts/sms';
import { targetingEvents } from '@peyk/contracts/targeting';
import { execute, query, Transactions } from '@peyk/database';
import { MESSAGING, Outbox } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { List } from './list.entity';
import { lockUnread } from './unread';

/** A deletion that is asked about for so long was broken off. */
const brokenOffSeconds = 60;

/**
 * Deletes lists so that no send loses its recipients. The list is `deleting` first, and only then sms-gateway is asked
 * who needs it; sms-gateway lays a send down first, and only then asks whether its list is there. So of a send and a
 * deletion at the same moment at least one sees the other.
 */
@Injectable()
export class ListDeletion {
  /** There is something to erase. */
  onDeleted: () => void = () => undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  /** Repeated, it changes nothing. Throws list.notFound; list.inUse with `details.sends`, or with a `reason`. */
  async delete(customerId: string, id: string): Promise<void> {
    const list = await this.dataSource.getRepository(List).findOneBy({ id, customerId });
    if (!list) throw new DomainError('list.notFound');
    // Before anything is changed: what it refuses disturbs no send that is being made.
    if (list.state === 'ready') await this.assertUnused(list);
    if (!(await this.begin(customerId, id))) return;
    try {
      await this.assertUnused(list);
    } catch (error) {
      await this.takeBack(id);
      throw error;
    }
    await this.confirm(id);
  }

  /** A deletion whose program stopped in the middle is decided again. @returns whether there was one */
  async settleNext(): Promise<boolean> {
    const [list] = await query<Pick<List, 'id' | 'customerId'>>(
      this.dataSource,
      `SELECT id, customer_id AS "customerId" FROM lists
        WHERE state = 'deleting' AND touched_at < now() - interval '${brokenOffSeconds} seconds'
        ORDER BY touched_at LIMIT 1`,
    );
    if (!list) return false;
    try {
      await this.assertUnused(list);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'list.inUse') throw error;
      await this.takeBack(list.id);
      return true;
    }
    await this.confirm(list.id);
    return true;
  }

  /** Throws list.inUse. */
  private async assertUnused({ id, customerId }: Pick<List, 'id' | 'customerId'>): Promise<void> {
    const { sends } = await this.messaging.rpc.call(
      smsSendsRpc.ofList,
      { listId: id, customerId },
      'service',
    );
    if (sends.length > 0) throw new DomainError('list.inUse', { sends });
  }

  /** @returns whether it is to be asked about now; a list without recipients is forgotten at once */
  private begin(customerId: string, id: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      // No list is combined out of it meanwhile.
      await lockUnread(tx, customerId);
      const list = await tx
        .getRepository(List)
        .findOne({ where: { id, customerId }, lock: { mode: 'pessimistic_write' } });
      if (!list || list.state === 'deleting' || list.state === 'deleted') return false;
      if (list.state !== 'ready') {
        await tx.getRepository(List).delete({ id });
        await this.tell(tx, list);
        return false;
      }
      const combining = await query(
        tx,
        `SELECT 1 FROM lists WHERE customer_id = $1 AND state = 'reading' AND parts @> $2`,
        [customerId, JSON.stringify([{ listId: id }])],
      );
      if (combining.length > 0) throw new DomainError('list.inUse', { reason: 'combining' });
      await execute(
        tx,
        `UPDATE lists SET state = 'deleting', touched_at = now() WHERE id = $1 AND state = 'ready'`,
        [id],
      );
      return true;
    });
  }

  /** Others that decided on it meanwhile saw the same. */
  private async takeBack(id: string): Promise<void> {
    await execute(this.dataSource, `UPDATE lists SET state = 'ready' WHERE id = $1 AND state = 'deleting'`, [
      id,
    ]);
  }

  private async confirm(id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const moved = await execute(
        tx,
        `UPDATE lists SET state = 'deleted' WHERE id = $1 AND state = 'deleting'`,
        [id],
      );
      if (moved !== 1) return;
      const list = await tx.getRepository(List).findOneByOrFail({ id });
      // Of what was made for a send, and goes by its age, nobody learns.
      if (list.source === 'file') await this.tell(tx, list);
    });
    this.onDeleted();
  }

  private tell(tx: EntityManager, { id, customerId, source, title, valid }: List): Promise<void> {
    return this.outbox.add(tx, targetingEvents.listDeleted, `list:${id}`, {
      ...{ listId: id, customerId, source, title, recipients: valid },
    });
  }
}
