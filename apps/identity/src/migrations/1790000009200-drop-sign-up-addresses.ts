import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many codes an address asked for to sign up, `one_time_codes` says too. */
export class DropSignUpAddresses1790000009200 implements MigrationInterface {
  readonly name = 'DropSignUpAddresses1790000009200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sign_up_addresses');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sign_up_addresses (
        address text PRIMARY KEY,
        last_asked_at timestamptz NOT NULL,
        asked_before timestamptz[] NOT NULL
      )`);
    await queryRunner.query(
      'CREATE INDEX sign_up_addresses_last_asked_at_idx ON sign_up_addresses (last_asked_at)',
    );
  }
}
