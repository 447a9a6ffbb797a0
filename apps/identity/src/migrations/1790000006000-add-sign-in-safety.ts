import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-in history, known devices, failures by address, tokens for a first own password, warnings that were seen. */
export class AddSignInSafety1790000006000 implements MigrationInterface {
  readonly name = 'AddSignInSafety1790000006000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sign_ins (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts (id),
        at timestamptz NOT NULL DEFAULT now(),
        method text NOT NULL,
        outcome text NOT NULL,
        device text NOT NULL,
        address text NOT NULL,
        network text NOT NULL,
        new_device boolean NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX sign_ins_account_id_id_idx ON sign_ins (account_id, id)');
    await queryRunner.query(`
      CREATE TABLE known_devices (
        token_hash bytea NOT NULL,
        account_id uuid NOT NULL REFERENCES accounts (id),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (token_hash, account_id)
      )`);
    await queryRunner.query('CREATE INDEX known_devices_account_id_idx ON known_devices (account_id)');
    await queryRunner.query('CREATE INDEX known_devices_last_seen_at_idx ON known_devices (last_seen_at)');
    await queryRunner.query(`
      CREATE TABLE address_failures (
        address_key bytea PRIMARY KEY,
        level double precision NOT NULL,
        at timestamptz NOT NULL,
        blocked_until timestamptz NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX address_failures_at_idx ON address_failures (at)');
    await queryRunner.query(`
      CREATE TABLE first_passwords (
        account_id uuid PRIMARY KEY REFERENCES accounts (id),
        token_hash bytea NOT NULL,
        persistent boolean NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX first_passwords_token_hash_key ON first_passwords (token_hash)',
    );
    await queryRunner.query(`
      CREATE TABLE seen_warnings (
        account_id uuid PRIMARY KEY REFERENCES accounts (id),
        seen_at timestamptz NOT NULL
      )`);
    await queryRunner.query(
      'CREATE INDEX sessions_open_account_id_idx ON sessions (account_id) WHERE ended_at IS NULL',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX sessions_open_account_id_idx');
    await queryRunner.query(
      'DROP TABLE seen_warnings, first_passwords, address_failures, known_devices, sign_ins',
    );
  }
}
