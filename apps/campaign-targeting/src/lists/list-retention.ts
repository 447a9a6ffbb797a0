import { Injectable } from '@nestjs/common';
import { execute, query } from '@peyk/database';
import { DomainError } from '@peyk/contracts';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { TargetingConfig } from '../config';
import { ListDeletion } from './list-deletion';

const pageLists = 200;
/** What is left of a deleted list that nobody named. */
const headKeepDays = 30;

/** Condition for lists that were made for sends, not uploaded, and are old. `touched_at` moves on while one is needed. */
export function madeListsDue(days: number): string {
  return `source <> 'file' AND state = 'ready' AND touched_at < now() - interval '${days} days'`;
}

/** Forgets lists that were made for sends and that no send needs any more. Any number of replicas may run it. */
@Injectable()
export class ListRetention {
  constructor(
    private readonly dataSource: DataSource,
    private readonly deletion: ListDeletion,
    private readonly config: TargetingConfig,
  ) {}

  /** @returns whether there may be more */
  @Scheduled({
    name: 'made lists',
    does: 'Forgets lists that were made for sends and that no send needs any more.',
    everyMs: 3_600_000,
    runsIn: 'every replica',
  })
  async forgetPage(): Promise<boolean> {
    const heads = await execute(
      this.dataSource,
      `DELETE FROM lists WHERE id = ANY (ARRAY(SELECT id FROM lists
         WHERE source <> 'file' AND state = 'deleted' AND erased_at < now() - interval '${headKeepDays} days'
         LIMIT ${pageLists}))`,
    );
    const due = await query<{ id: string; customerId: string }>(
      this.dataSource,
      `SELECT id, customer_id AS "customerId" FROM lists WHERE ${madeListsDue(this.config.madeListsKeepDays)}
        ORDER BY touched_at LIMIT ${pageLists}`,
    );
    for (const { id, customerId } of due) {
      try {
        await this.deletion.delete(customerId, id);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'list.inUse') throw error;
        // It waits behind those that can go.
        await execute(this.dataSource, 'UPDATE lists SET touched_at = now() WHERE id = $1', [id]);
      }
    }
    return due.length === pageLists || heads === pageLists;
  }
}
