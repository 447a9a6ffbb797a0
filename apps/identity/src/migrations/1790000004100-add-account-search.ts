import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts found by the beginning of a username and by beginnings of words of the name (IDN-202). */
export class AddAccountSearch1790000004100 implements MigrationInterface {
  readonly name = 'AddAccountSearch1790000004100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX usernames_prefix_idx ON usernames (username COLLATE "C")');
    // The half-space parts words here: `علی‌زاده` is found by `زاده` too.
    await queryRunner.query(`
      CREATE FUNCTION account_name_words(name text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT to_tsvector('simple', translate(name, U&'\\200C', ' '))
      $$`);
    await queryRunner.query(
      'CREATE INDEX accounts_name_words_idx ON accounts USING gin (account_name_words(name))',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX accounts_name_words_idx');
    await queryRunner.query('DROP FUNCTION account_name_words');
    await queryRunner.query('DROP INDEX usernames_prefix_idx');
  }
}
