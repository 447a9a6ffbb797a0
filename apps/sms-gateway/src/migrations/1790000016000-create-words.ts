import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Words by which sends are found. A table of its own: it is made in a moment, while all else goes on, and the leader
 * fills it from the newest send on (some thousand a second); until then older sends are not found by their words.
 */
export class CreateWords1790000016000 implements MigrationInterface {
  readonly name = 'CreateWords1790000016000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE send_words (
        id uuid PRIMARY KEY REFERENCES sends ON DELETE CASCADE,
        customer_id uuid NOT NULL,
        words tsvector NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX ON send_words (customer_id, id)');
    // Without fastupdate: what is written later in one go each search would have to read until then.
    await queryRunner.query(
      'CREATE INDEX send_words_words_idx ON send_words USING gin (words) WITH (fastupdate = off)',
    );
    await queryRunner.query('CREATE TABLE word_marks (name text PRIMARY KEY, upto uuid NOT NULL)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE word_marks, send_words');
  }
}
