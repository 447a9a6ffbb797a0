import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who a person is: usernames by kind, scopes of roles, national code and mobile under seal, reseller, referral. */
export class AddPeople1790000003000 implements MigrationInterface {
  readonly name = 'AddPeople1790000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE usernames (
        username text PRIMARY KEY CHECK (username <> ''),
        account_id uuid NOT NULL REFERENCES accounts (id),
        kind text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX usernames_account_id_idx ON usernames (account_id)');
    await queryRunner.query(
      `INSERT INTO usernames (username, account_id, kind, created_at) SELECT username, id, 'chosen', created_at FROM accounts`,
    );
    await queryRunner.query(`
      ALTER TABLE accounts
        DROP COLUMN username,
        ADD scopes jsonb NOT NULL DEFAULT '{}',
        ADD national_code_sealed bytea,
        ADD national_code_index bytea,
        ADD mobile_sealed bytea,
        ADD mobile_index bytea,
        ADD email text,
        ADD must_set_password boolean NOT NULL DEFAULT false,
        ADD password_set_at timestamptz,
        ADD mobile_changed_at timestamptz,
        ADD reseller_id uuid REFERENCES accounts (id),
        ADD referral_code text,
        ADD referrer_id uuid REFERENCES accounts (id),
        ADD terms_version int,
        ADD terms_accepted_at timestamptz,
        ADD updated_at timestamptz NOT NULL DEFAULT now()`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX accounts_national_code_index_key ON accounts (national_code_index)',
    );
    await queryRunner.query('CREATE INDEX accounts_mobile_index_idx ON accounts (mobile_index)');
    await queryRunner.query('CREATE UNIQUE INDEX accounts_email_key ON accounts (email)');
    await queryRunner.query('CREATE UNIQUE INDEX accounts_referral_code_key ON accounts (referral_code)');
    await queryRunner.query('CREATE INDEX accounts_reseller_id_idx ON accounts (reseller_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE accounts
        ADD username text,
        DROP COLUMN scopes, DROP COLUMN national_code_sealed, DROP COLUMN national_code_index,
        DROP COLUMN mobile_sealed, DROP COLUMN mobile_index, DROP COLUMN email, DROP COLUMN must_set_password,
        DROP COLUMN password_set_at, DROP COLUMN mobile_changed_at, DROP COLUMN reseller_id,
        DROP COLUMN referral_code, DROP COLUMN referrer_id, DROP COLUMN terms_version,
        DROP COLUMN terms_accepted_at, DROP COLUMN updated_at`);
    await queryRunner.query(`
      UPDATE accounts a SET username =
        (SELECT username FROM usernames u WHERE u.account_id = a.id ORDER BY created_at, username LIMIT 1)`);
    await queryRunner.query(`ALTER TABLE accounts ALTER username SET NOT NULL, ADD UNIQUE (username)`);
    await queryRunner.query('DROP TABLE usernames');
  }
}
