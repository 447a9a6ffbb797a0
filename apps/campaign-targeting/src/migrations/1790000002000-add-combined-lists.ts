import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddCombinedLists1790000002000 implements MigrationInterface {
  readonly name = 'AddCombinedLists1790000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE lists
        ADD parts jsonb,
        ADD sources_hash text,
        ADD CONSTRAINT lists_combined_check
          CHECK ((source = 'combined') = (parts IS NOT NULL AND sources_hash IS NOT NULL))`);
    // One that was given up does not stand in the way of another try.
    await queryRunner.query(`
      CREATE UNIQUE INDEX lists_combined_idx ON lists (customer_id, sources_hash)
        WHERE source = 'combined' AND state <> 'refused'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX lists_combined_idx');
    await queryRunner.query(
      'ALTER TABLE lists DROP CONSTRAINT lists_combined_check, DROP parts, DROP sources_hash',
    );
  }
}
