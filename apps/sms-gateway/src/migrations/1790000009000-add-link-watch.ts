import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a link went through lately, for whoever runs it. */
export class AddLinkWatch1790000009000 implements MigrationInterface {
  readonly name = 'AddLinkWatch1790000009000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE link_binds ADD COLUMN since timestamptz NOT NULL DEFAULT now()');
    await queryRunner.query(`
      CREATE TABLE link_throttles (
        link_id uuid NOT NULL,
        minute timestamptz NOT NULL,
        session_id uuid NOT NULL,
        worker text NOT NULL,
        times int NOT NULL,
        PRIMARY KEY (link_id, minute, session_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE link_errors (
        link_id uuid NOT NULL,
        minute timestamptz NOT NULL,
        status bigint NOT NULL,
        messages int NOT NULL,
        PRIMARY KEY (link_id, minute, status)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE link_errors');
    await queryRunner.query('DROP TABLE link_throttles');
    await queryRunner.query('ALTER TABLE link_binds DROP COLUMN since');
  }
}
