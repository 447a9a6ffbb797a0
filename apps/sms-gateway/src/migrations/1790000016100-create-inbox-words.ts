import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words by which received messages are found. Made in a moment and filled by the leader, like those of sends. */
export class CreateInboxWords1790000016100 implements MigrationInterface {
  readonly name = 'CreateInboxWords1790000016100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE inbox_words (
        id uuid PRIMARY KEY REFERENCES inbox_messages ON DELETE CASCADE,
        customer_id uuid NOT NULL,
        words tsvector NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX ON inbox_words (customer_id, id)');
    await queryRunner.query(
      'CREATE INDEX inbox_words_words_idx ON inbox_words USING gin (words) WITH (fastupdate = off)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE inbox_words');
    await queryRunner.query(`DELETE FROM word_marks WHERE name = 'inbox'`);
  }
}
