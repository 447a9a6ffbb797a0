import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators set of a link: TLS, forms of addresses; the end of the test that runs; lines that were retired. */
export class MakeLinksEditable1790000014000 implements MigrationInterface {
  readonly name = 'MakeLinksEditable1790000014000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE links
        ADD COLUMN tls boolean NOT NULL DEFAULT false,
        ADD COLUMN ca_certificate text,
        ADD COLUMN tls_name text,
        ADD COLUMN source_ton int,
        ADD COLUMN source_npi int,
        ADD COLUMN destination_ton int,
        ADD COLUMN destination_npi int,
        ADD COLUMN testing_until timestamptz`);
    await queryRunner.query('ALTER TABLE lines ADD COLUMN retired_at timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE lines DROP COLUMN retired_at');
    await queryRunner.query(`
      ALTER TABLE links
        DROP COLUMN testing_until,
        DROP COLUMN destination_npi,
        DROP COLUMN destination_ton,
        DROP COLUMN source_npi,
        DROP COLUMN source_ton,
        DROP COLUMN tls_name,
        DROP COLUMN ca_certificate,
        DROP COLUMN tls`);
  }
}
