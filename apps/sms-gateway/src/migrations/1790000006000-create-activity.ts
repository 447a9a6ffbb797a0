import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures by customer and hour. Earlier sends stand whole in the hour in which they were made. */
export class CreateActivity1790000006000 implements MigrationInterface {
  readonly name = 'CreateActivity1790000006000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // An hour's row is written again and again: room for it on its own page.
    await queryRunner.query(`
      CREATE TABLE activity (
        customer_id uuid NOT NULL,
        hour timestamptz NOT NULL,
        sends int NOT NULL DEFAULT 0,
        messages int NOT NULL DEFAULT 0,
        sent int NOT NULL DEFAULT 0,
        parts int NOT NULL DEFAULT 0,
        delivered int NOT NULL DEFAULT 0,
        undelivered int NOT NULL DEFAULT 0,
        failed int NOT NULL DEFAULT 0,
        received int NOT NULL DEFAULT 0,
        charged_rials bigint NOT NULL DEFAULT 0,
        refunded_rials bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (customer_id, hour)
      ) WITH (fillfactor = 50)`);
    await queryRunner.query('CREATE INDEX activity_hour_idx ON activity (hour)');
    await queryRunner.query(`
      INSERT INTO activity (customer_id, hour, sends, messages, sent, parts, delivered, undelivered, failed, charged_rials, refunded_rials)
      SELECT customer_id, date_trunc('hour', created_at, 'Asia/Tehran'), count(*), sum(recipients),
        sum(sent + delivered + undelivered + unreported), sum((sent + delivered + undelivered + unreported) * parts),
        sum(delivered), sum(undelivered), sum(failed), sum(charged_rials), sum(refunded_rials)
      FROM sends WHERE state NOT IN ('scheduled', 'placing', 'refused') AND NOT (state = 'cancelled' AND cursor = 0)
      GROUP BY 1, 2`);
    await queryRunner.query(`
      INSERT INTO activity AS a (customer_id, hour, received)
      SELECT customer_id, date_trunc('hour', received_at, 'Asia/Tehran'), count(*) FROM inbox_messages GROUP BY 1, 2
      ON CONFLICT (customer_id, hour) DO UPDATE SET received = excluded.received`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE activity');
  }
}
