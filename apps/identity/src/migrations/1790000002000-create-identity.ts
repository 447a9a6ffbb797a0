import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdentity1790000002000 implements MigrationInterface {
  readonly name = 'CreateIdentity1790000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE accounts (
        id uuid PRIMARY KEY,
        username text NOT NULL UNIQUE CHECK (username <> ''),
        name text NOT NULL,
        roles text[] NOT NULL,
        password_hash text,
        disabled boolean NOT NULL DEFAULT false,
        permission_stamp int NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts (id),
        persistent boolean NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        address text NOT NULL,
        device text NOT NULL,
        ends_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        refresh_seed bytea NOT NULL,
        generation int NOT NULL,
        rotated_at timestamptz[] NOT NULL,
        ended_at timestamptz,
        end_reason text,
        CONSTRAINT sessions_end_check CHECK ((ended_at IS NULL) = (end_reason IS NULL))
      )`);
    await queryRunner.query('CREATE INDEX sessions_account_id_idx ON sessions (account_id)');
    await queryRunner.query(
      'CREATE INDEX sessions_open_expires_at_idx ON sessions (expires_at) WHERE ended_at IS NULL',
    );
    await queryRunner.query(
      'CREATE INDEX sessions_ended_at_idx ON sessions (ended_at) WHERE ended_at IS NOT NULL',
    );
    await queryRunner.query(`
      CREATE TABLE signing_keys (
        kid text PRIMARY KEY,
        public_key text NOT NULL,
        private_key bytea NOT NULL,
        active_from timestamptz NOT NULL,
        retired_at timestamptz
      )`);
    await queryRunner.query(`
      CREATE TABLE failed_tries (
        username_key bytea PRIMARY KEY,
        failures int NOT NULL,
        last_try_at timestamptz NOT NULL,
        blocked_until timestamptz NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX failed_tries_last_try_at_idx ON failed_tries (last_try_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE failed_tries, signing_keys, sessions, accounts');
  }
}
