import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the sends of a reseller's users cost the reseller. */
export class AddResale1790000005000 implements MigrationInterface {
  readonly name = 'AddResale1790000005000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE sends ADD COLUMN reseller_id uuid, ADD COLUMN costs int[], ADD COLUMN margin_rials bigint,
         ADD CONSTRAINT sends_resale_check CHECK ((reseller_id IS NULL) = (costs IS NULL))`,
    );
    await queryRunner.query(
      'CREATE INDEX sends_unearned ON sends (id) WHERE reseller_id IS NOT NULL AND margin_rials IS NULL',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX sends_unearned');
    await queryRunner.query(
      'ALTER TABLE sends DROP COLUMN margin_rials, DROP COLUMN costs, DROP COLUMN reseller_id',
    );
  }
}
