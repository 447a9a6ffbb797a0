import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys; introduced accounts are counted by who introduced them. */
export class AddApiKeys1790000008000 implements MigrationInterface {
  readonly name = 'AddApiKeys1790000008000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts (id),
        name text NOT NULL,
        secret_hash bytea NOT NULL,
        scopes text[] NOT NULL CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) > 0),
        addresses cidr[] NOT NULL,
        rate_per_minute int,
        expires_at timestamptz,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        last_used_address text,
        revoked_at timestamptz
      )`);
    await queryRunner.query('CREATE INDEX api_keys_account_id_idx ON api_keys (account_id)');
    await queryRunner.query(
      'CREATE INDEX api_keys_revoked_at_idx ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL',
    );
    await queryRunner.query('CREATE INDEX accounts_referrer_id_idx ON accounts (referrer_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX accounts_referrer_id_idx');
    await queryRunner.query('DROP TABLE api_keys');
  }
}
