import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists that were made for sends are forgotten by their age (docs/retention.md). */
export class FindMadeLists1790000022000 implements MigrationInterface {
  readonly name = 'FindMadeLists1790000022000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX lists_made_idx ON lists (touched_at) WHERE source <> 'file' AND state = 'ready'`,
    );
    await queryRunner.query(
      `CREATE INDEX lists_heads_idx ON lists (erased_at) WHERE source <> 'file' AND state = 'deleted'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX lists_heads_idx');
    await queryRunner.query('DROP INDEX lists_made_idx');
  }
}
