import { smsEvents } from '@peyk/contracts/sms';
import type { SendEarnedDto } from '@peyk/contracts/sms';
import { execute, query } from '@peyk/database';
import type { Transactions } from '@peyk/database';
import type { Outbox } from '@peyk/messaging';
import type { Logger } from '@peyk/platform';
import type { DataSource } from 'typeorm';
import { Round } from './round';

const everyMs = 2_000;
const sendsPerStep = 20;

interface ResoldSend {
  readonly id: string;
  readonly customerId: string;
  readonly resellerId: string;
  readonly prices: readonly number[];
  readonly costs: readonly number[];
}

/** What one operator's messages of a send brought: charged less paid back, Rial. */
export interface OperatorNet {
  /** Code. */
  readonly operator: number;
  readonly netRials: number;
}

/**
 * Tells billing once what a reseller earned with a send of its user, if anything of it was charged. Not while messages
 * are on their way: the send must be settled, and where its line pays back for undelivered ones every message reported or
 * given up. So what was earned is not taken back; what a receipt pays back later still is borne by the platform.
 */
export class Earnings {
  private readonly telling: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    logger: Logger,
  ) {
    // One after the other: each may read millions of messages.
    this.telling = new Round('earnings', logger, 1);
  }

  async step(): Promise<number> {
    const due = await query<ResoldSend>(
      this.dataSource,
      `SELECT id, customer_id AS "customerId", reseller_id AS "resellerId", prices, costs FROM sends
        WHERE reseller_id IS NOT NULL AND margin_rials IS NULL AND settled AND (refund_policy <> 'delivered' OR sent = 0)
          AND NOT untold AND id <> ALL($1)
        ORDER BY id LIMIT ${sendsPerStep}`,
      [this.telling.resting],
    );
    const all = await this.telling.each(
      due,
      ({ id }) => id,
      (send) => this.tell(send),
    );
    return all && due.length === sendsPerStep ? 0 : everyMs;
  }

  private async tell({ id, customerId, resellerId, prices, costs }: ResoldSend): Promise<void> {
    await this.transactions.run(async (tx) => {
      // Ten million messages take some seconds.
      await tx.query(`SET LOCAL statement_timeout = '10min'`);
      const nets = await query<OperatorNet>(
        tx,
        `SELECT operator, sum(charged_rials - refunded_rials)::bigint AS "netRials" FROM messages
          WHERE send_id = $1 AND charged_rials > refunded_rials GROUP BY operator`,
        [id],
      );
      const earnings = earningsOf(nets, prices, costs);
      const told = await execute(
        tx,
        'UPDATE sends SET margin_rials = $2 WHERE id = $1 AND margin_rials IS NULL',
        [id, earnings.marginRials],
      );
      // Refused or cancelled before its time it was never charged.
      if (told === 0 || nets.length === 0) return;
      await this.outbox.add(tx, smsEvents.sendEarned, `send:${id}`, {
        sendId: id,
        customerId,
        resellerId,
        ...earnings,
      });
    });
  }
}

/** Parts, and what of their price is above the cost of the reseller; never negative. Prices and costs by operator code. */
export function earningsOf(
  nets: readonly OperatorNet[],
  prices: readonly number[],
  costs: readonly number[],
): Pick<SendEarnedDto, 'parts' | 'netRials' | 'marginRials'> {
  const sum = { parts: 0, netRials: 0, marginRials: 0 };
  for (const { operator, netRials } of nets) {
    const price = prices[operator] ?? 0;
    // A message is charged by the part: what is left of it is whole parts.
    const parts = price > 0 ? Math.floor(netRials / price) : 0;
    sum.parts += parts;
    sum.netRials += netRials;
    sum.marginRials += parts * Math.max(0, price - (costs[operator] ?? price));
  }
  return sum;
}
