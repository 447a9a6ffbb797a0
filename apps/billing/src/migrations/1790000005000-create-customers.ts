import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What billing must know of accounts, and what resellers charge their users. */
export class CreateCustomers1790000005000 implements MigrationInterface {
  readonly name = 'CreateCustomers1790000005000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE customers (
        customer_id uuid PRIMARY KEY,
        name text NOT NULL,
        reseller_id uuid,
        referrer_id uuid,
        level text NOT NULL DEFAULT 'standard',
        disabled boolean NOT NULL,
        stamp int NOT NULL,
        event_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT customers_self_check CHECK (reseller_id <> customer_id AND referrer_id <> customer_id)
      )`);
    await queryRunner.query(
      'CREATE INDEX customers_reseller_id_customer_id_idx ON customers (reseller_id, customer_id)',
    );
    await queryRunner.query(
      'CREATE INDEX customers_referrer_id_customer_id_idx ON customers (referrer_id, customer_id)',
    );
    await queryRunner.query(`
      CREATE TABLE reseller_tariffs (
        reseller_id uuid NOT NULL,
        line_class text NOT NULL,
        language text NOT NULL,
        operator text NOT NULL,
        valid_from timestamptz NOT NULL,
        rials_per_part bigint NOT NULL CONSTRAINT reseller_tariffs_rials_per_part_check CHECK (rials_per_part > 0),
        PRIMARY KEY (reseller_id, line_class, language, operator, valid_from)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE reseller_tariffs');
    await queryRunner.query('DROP TABLE customers');
  }
}
