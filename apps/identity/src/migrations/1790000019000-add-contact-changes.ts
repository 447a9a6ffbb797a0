import type { MigrationInterface, QueryRunner } from 'typeorm';

const unique = [
  ['accounts_national_code_index_key', 'national_code_index'],
  ['accounts_email_key', 'email'],
] as const;

/**
 * Changes by others of where codes go. National codes are unique among the people of one reseller, or of the site itself:
 * a reseller learned by the refusal whether anybody else has one.
 */
export class AddContactChanges1790000019000 implements MigrationInterface {
  readonly name = 'AddContactChanges1790000019000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE contact_changes (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        field text NOT NULL
          CONSTRAINT contact_changes_field_check CHECK (field IN ('mobile', 'email', 'nationalCode', 'password')),
        before_sealed bytea,
        before_email text,
        changed_by uuid NOT NULL,
        changed_as text NOT NULL
          CONSTRAINT contact_changes_changed_as_check CHECK (changed_as IN ('admin', 'support', 'reseller')),
        changed_at timestamptz NOT NULL DEFAULT now(),
        held_until timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'held'
          CONSTRAINT contact_changes_state_check CHECK (state IN ('held', 'approved', 'stopped')),
        decided_by uuid,
        decided_at timestamptz,
        next_try_at timestamptz,
        tries int NOT NULL DEFAULT 0
      )`);
    await queryRunner.query(
      'CREATE INDEX contact_changes_account_id_changed_at_idx ON contact_changes (account_id, changed_at)',
    );
    await queryRunner.query('CREATE INDEX contact_changes_changed_at_idx ON contact_changes (changed_at)');
    await queryRunner.query(
      'CREATE INDEX contact_changes_next_try_at_idx ON contact_changes (next_try_at) WHERE next_try_at IS NOT NULL',
    );
    for (const [name, column] of unique) {
      await queryRunner.query(`DROP INDEX ${name}`);
      await queryRunner.query(`CREATE UNIQUE INDEX ${name} ON accounts (
        coalesce(reseller_id, '00000000-0000-0000-0000-000000000000'::uuid), ${column})`);
      await queryRunner.query(`CREATE INDEX accounts_${column}_idx ON accounts (${column})`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [name, column] of unique) {
      await queryRunner.query(`DROP INDEX ${name}, accounts_${column}_idx`);
      await queryRunner.query(`CREATE UNIQUE INDEX ${name} ON accounts (${column})`);
    }
    await queryRunner.query('DROP TABLE contact_changes');
  }
}
