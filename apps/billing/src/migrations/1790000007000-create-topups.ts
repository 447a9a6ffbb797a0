import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Banks, payments through them, and the daily reports. */
export class CreateTopups1790000007000 implements MigrationInterface {
  readonly name = 'CreateTopups1790000007000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE banks (
        code text PRIMARY KEY CONSTRAINT banks_code_check CHECK (code IN ('mellat', 'zarinpal')),
        title text NOT NULL,
        place int NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        switched_by uuid,
        switched_at timestamptz
      )`);
    await queryRunner.query(`
      INSERT INTO banks (code, title, place) VALUES ('mellat', 'بانک ملت (به‌پرداخت)', 1), ('zarinpal', 'زرین‌پال', 2)`);
    // A bank remembers numbers for ever: a database made anew for the same account must not begin at 1 again.
    await queryRunner.query(`
      DO $$ BEGIN
        EXECUTE format('CREATE SEQUENCE topup_orders AS bigint START WITH %s',
          floor(extract(epoch FROM clock_timestamp()))::bigint * 1000);
      END $$`);
    await queryRunner.query(`
      CREATE TABLE topups (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        idempotency_key text NOT NULL,
        bank text NOT NULL REFERENCES banks (code),
        amount_rials bigint NOT NULL,
        gift_rials bigint NOT NULL,
        state text NOT NULL CONSTRAINT topups_state_check CHECK (state IN
          ('created', 'sent', 'unknown', 'verified', 'credited', 'cancelled', 'failed', 'expired', 'reversed', 'unresolved')),
        order_id bigint UNIQUE,
        reference text,
        sale_reference text,
        card text,
        bank_code text,
        asked int NOT NULL DEFAULT 0,
        asked_since timestamptz,
        next_look_at timestamptz,
        leased_until timestamptz,
        created_at timestamptz NOT NULL,
        credited_at timestamptz,
        UNIQUE (customer_id, idempotency_key),
        UNIQUE (bank, reference),
        CONSTRAINT topups_amounts_check CHECK (amount_rials > 0 AND gift_rials >= 0),
        CONSTRAINT topups_credited_check CHECK ((state = 'credited') = (credited_at IS NOT NULL))
      )`);
    await queryRunner.query('CREATE INDEX topups_customer_id_id_idx ON topups (customer_id, id)');
    await queryRunner.query('CREATE INDEX topups_bank_created_at_idx ON topups (bank, created_at)');
    await queryRunner.query(
      'CREATE INDEX topups_next_look_at_idx ON topups (next_look_at) WHERE next_look_at IS NOT NULL',
    );
    await queryRunner.query(`
      CREATE TABLE bank_reports (
        bank text NOT NULL,
        day date NOT NULL,
        made_at timestamptz NOT NULL,
        states jsonb NOT NULL,
        compared int NOT NULL,
        unanswered int NOT NULL,
        difference_count int NOT NULL,
        differences jsonb NOT NULL,
        PRIMARY KEY (bank, day)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE bank_reports');
    await queryRunner.query('DROP TABLE topups');
    await queryRunner.query('DROP SEQUENCE topup_orders');
    await queryRunner.query('DROP TABLE banks');
  }
}
