import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCorrections1790000004200 implements MigrationInterface {
  readonly name = 'CreateCorrections1790000004200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE corrections (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        direction text NOT NULL,
        amount_rials bigint NOT NULL,
        reason text NOT NULL,
        state text NOT NULL,
        requested_by uuid NOT NULL,
        requested_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        decided_by uuid,
        decided_at timestamptz,
        note text,
        CONSTRAINT corrections_direction_check CHECK (direction IN ('credit', 'debit')),
        CONSTRAINT corrections_amount_check CHECK (amount_rials > 0),
        CONSTRAINT corrections_state_check CHECK (state IN ('awaiting', 'posted', 'refused', 'expired')),
        CONSTRAINT corrections_decision_check CHECK (CASE
          WHEN state = 'awaiting' THEN decided_by IS NULL AND decided_at IS NULL
          WHEN state = 'expired' THEN decided_by IS NULL AND decided_at IS NOT NULL
          ELSE decided_by IS NOT NULL AND decided_by <> requested_by AND decided_at IS NOT NULL END)
      )`);
    await queryRunner.query('CREATE INDEX corrections_requested_at_idx ON corrections (requested_at, id)');
    await queryRunner.query(
      `CREATE INDEX corrections_expires_at_idx ON corrections (expires_at) WHERE state = 'awaiting'`,
    );
    await queryRunner.query(
      'CREATE INDEX corrections_customer_id_idx ON corrections (customer_id, requested_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE corrections');
  }
}
