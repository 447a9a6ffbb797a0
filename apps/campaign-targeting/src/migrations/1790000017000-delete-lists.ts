import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists can be deleted: what waits for it is found without looking at the others. */
export class DeleteLists1790000017000 implements MigrationInterface {
  readonly name = 'DeleteLists1790000017000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE lists ADD erased_at timestamptz');
    await queryRunner.query(`
      CREATE INDEX lists_deleted_idx ON lists (touched_at)
        WHERE state = 'deleting' OR (state = 'deleted' AND erased_at IS NULL)`);
    // One that was deleted does not stand in the way of another of the same sources.
    await queryRunner.query('DROP INDEX lists_combined_idx');
    await queryRunner.query(`
      CREATE UNIQUE INDEX lists_combined_idx ON lists (customer_id, sources_hash)
        WHERE source = 'combined' AND state IN ('reading', 'ready')`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX lists_combined_idx');
    await queryRunner.query(`
      CREATE UNIQUE INDEX lists_combined_idx ON lists (customer_id, sources_hash)
        WHERE source = 'combined' AND state <> 'refused'`);
    await queryRunner.query('DROP INDEX lists_deleted_idx');
    await queryRunner.query('ALTER TABLE lists DROP erased_at');
  }
}
