import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By table and column: what makes a row work that is still to be done. Changes seldom, unlike what it follows from. */
const openWork = {
  sends: {
    unwritten: 'cursor < recipients',
    complete: 'finished_at IS NULL AND queued = 0 AND in_doubt = 0 AND cursor = recipients',
    untold: 'told_charged_rials <> charged_rials OR told_refunded_rials <> refunded_rials',
    awaits_receipts: 'finished_at IS NOT NULL AND sent > 0',
    has_doubts: 'in_doubt > 0',
  },
  // The code of `in_doubt` in `messageStates`.
  messages: { doubtful: 'state = 7' },
} as const;

/**
 * The dispatch loops find what is open by an index of what is open: a look costs the same however many sends and
 * messages there ever were. The columns are computed from the counts (docs/adr/0005): an index on the counts themselves
 * would be written at every answer. Writes `sends` and `messages` anew: about a minute for ten million messages, during
 * which nothing else uses them.
 */
export class AddOpenWork1790000011000 implements MigrationInterface {
  readonly name = 'AddOpenWork1790000011000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // TypeORM's own table, made by it: PostgreSQL tells the expressions of computed columns in other words.
    for (const [table, columns] of Object.entries(openWork)) {
      await queryRunner.query(
        `ALTER TABLE ${table} ${Object.entries(columns)
          .map(([name, value]) => `ADD COLUMN ${name} boolean NOT NULL GENERATED ALWAYS AS (${value}) STORED`)
          .join(', ')}`,
      );
      for (const [name, value] of Object.entries(columns)) {
        await queryRunner.query(
          `INSERT INTO typeorm_metadata (type, database, schema, "table", name, value)
           VALUES ('GENERATED_COLUMN', current_database(), current_schema(), $1, $2, $3)`,
          [table, name, value],
        );
      }
    }
    for (const index of [
      `sends_unwritten ON sends (id) WHERE unwritten AND state IN ('queued', 'sending', 'cancelling')`,
      `sends_ready ON sends (link_id, lane, line_id, customer_id, id) WHERE state IN ('queued', 'sending')`,
      'sends_complete ON sends (id) WHERE complete',
      'sends_untold ON sends (id) WHERE untold',
      'sends_awaiting_receipts ON sends (link_id, finished_at) WHERE awaits_receipts',
      'sends_doubtful ON sends (link_id, id) WHERE has_doubts',
      `sends_due ON sends (send_at) WHERE state = 'scheduled'`,
      `sends_passing ON sends (state, id) WHERE state IN ('placing', 'cancelling')`,
      'messages_doubtful ON messages (send_id, seq) WHERE doubtful',
      'batches_send_id_assigned_at_idx ON batches (send_id, assigned_at)',
      'orphan_receipts_link_id_msisdn_idx ON orphan_receipts (link_id, msisdn)',
      'orphan_receipts_received_at_idx ON orphan_receipts (received_at)',
      'link_throttles_minute_idx ON link_throttles (minute)',
      'link_errors_minute_idx ON link_errors (minute)',
    ])
      await queryRunner.query(`CREATE INDEX ${index}`);
    await queryRunner.query('DROP INDEX batches_send_id_idx');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX batches_send_id_idx ON batches (send_id)');
    for (const index of [
      'link_errors_minute_idx',
      'link_throttles_minute_idx',
      'orphan_receipts_received_at_idx',
      'orphan_receipts_link_id_msisdn_idx',
      'batches_send_id_assigned_at_idx',
      'sends_passing',
      'sends_due',
      'sends_ready',
      'sends_unwritten',
    ])
      await queryRunner.query(`DROP INDEX ${index}`);
    for (const [table, columns] of Object.entries(openWork))
      for (const name of Object.keys(columns))
        await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
    await queryRunner.query('DELETE FROM typeorm_metadata');
  }
}
