import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One-time codes with what each person may be sent, and Bale chats that are linked to accounts. */
export class AddCodes1790000005000 implements MigrationInterface {
  readonly name = 'AddCodes1790000005000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE one_time_codes (
        id uuid PRIMARY KEY,
        purpose text NOT NULL,
        person_key bytea NOT NULL,
        account_id uuid REFERENCES accounts (id),
        mobile_sealed bytea,
        code_hash bytea NOT NULL,
        tries_left smallint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        address text NOT NULL,
        device text NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX one_time_codes_person_key_idx ON one_time_codes (person_key)');
    await queryRunner.query('CREATE INDEX one_time_codes_expires_at_idx ON one_time_codes (expires_at)');
    await queryRunner.query(`
      CREATE TABLE code_budgets (
        person_key bytea PRIMARY KEY,
        last_sent_at timestamptz NOT NULL,
        sent_before timestamptz[] NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX code_budgets_last_sent_at_idx ON code_budgets (last_sent_at)');
    await queryRunner.query(`
      CREATE TABLE bale_chats (
        account_id uuid PRIMARY KEY REFERENCES accounts (id),
        chat_id bigint NOT NULL,
        mobile_index bytea NOT NULL,
        linked_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE bale_link_tokens (
        account_id uuid PRIMARY KEY REFERENCES accounts (id),
        token_hash bytea NOT NULL UNIQUE,
        chat_id bigint,
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX bale_link_tokens_chat_id_idx ON bale_link_tokens (chat_id)');
    await queryRunner.query('CREATE INDEX bale_link_tokens_expires_at_idx ON bale_link_tokens (expires_at)');
    await queryRunner.query(`
      CREATE TABLE bale_bots (
        id text PRIMARY KEY,
        next_offset bigint NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE bale_bots, bale_link_tokens, bale_chats, code_budgets, one_time_codes',
    );
  }
}
