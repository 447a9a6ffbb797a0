import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox and inbox: the first migration of each service that has a database. */
export class CreateMessaging1790000000000 implements MigrationInterface {
  readonly name = 'CreateMessaging1790000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT outbox_pkey PRIMARY KEY,
        id uuid NOT NULL,
        aggregate text NOT NULL,
        name text NOT NULL,
        version int NOT NULL,
        payload jsonb NOT NULL,
        headers jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        leased_until timestamptz
      )`);
    await queryRunner.query('CREATE INDEX outbox_aggregate ON outbox (aggregate, seq)');
    await queryRunner.query(`
      CREATE TABLE inbox (
        queue text NOT NULL,
        message_id text NOT NULL,
        handled_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (queue, message_id)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE inbox');
    await queryRunner.query('DROP TABLE outbox');
  }
}

/** What is older is found by it; it costs next to nothing to write, since rows come in the order of time. */
export class AddInboxAge1790000021000 implements MigrationInterface {
  readonly name = 'AddInboxAge1790000021000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX inbox_age ON inbox USING brin (handled_at) WITH (pages_per_range = 16)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX inbox_age');
  }
}
