import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a send before its time needs: where its repetition is reckoned from, what it was planned to cost, and a number
 * that each change of it raises. One row for each occurrence.
 */
export class AddSchedule1790000015000 implements MigrationInterface {
  readonly name = 'AddSchedule1790000015000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE sends
        ADD COLUMN repeat_from timestamptz,
        ADD COLUMN planned_rials bigint,
        ADD COLUMN revision int NOT NULL DEFAULT 0`);
    await queryRunner.query(
      `UPDATE sends s SET repeat_from = coalesce(r.send_at, r.created_at) FROM sends r
       WHERE s.state IN ('scheduled', 'placing') AND s.repeat_every IS NOT NULL AND r.id = coalesce(s.repeat_of, s.id)`,
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX sends_occurrence ON sends (repeat_of, repeat_no) WHERE repeat_of IS NOT NULL',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX sends_occurrence');
    await queryRunner.query(
      'ALTER TABLE sends DROP COLUMN repeat_from, DROP COLUMN planned_rials, DROP COLUMN revision',
    );
  }
}
