import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines that wait for new customers, lines that all without one share, and which customers are disabled. */
export class AddLinePool1790000004000 implements MigrationInterface {
  readonly name = 'AddLinePool1790000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE lines ADD COLUMN shared boolean NOT NULL DEFAULT false');
    await queryRunner.query(`
      CREATE TABLE line_pool (
        id uuid PRIMARY KEY,
        link_id uuid NOT NULL REFERENCES links (id),
        number text NOT NULL UNIQUE,
        line_class text NOT NULL,
        hours_from int NOT NULL DEFAULT 0,
        hours_to int NOT NULL DEFAULT 24,
        refund_policy text NOT NULL DEFAULT 'submitted'
      )`);
    await queryRunner.query(`
      CREATE TABLE customers (
        id uuid PRIMARY KEY,
        disabled boolean NOT NULL,
        stamp int NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE customers');
    await queryRunner.query('DROP TABLE line_pool');
    await queryRunner.query('ALTER TABLE lines DROP COLUMN shared');
  }
}
