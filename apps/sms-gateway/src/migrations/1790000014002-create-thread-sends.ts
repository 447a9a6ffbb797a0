import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which own sends belong to a conversation: those to its number alone, over its line, since it began. */
export class CreateThreadSends1790000014002 implements MigrationInterface {
  readonly name = 'CreateThreadSends1790000014002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE thread_sends (
        thread_id uuid NOT NULL,
        send_id uuid NOT NULL,
        PRIMARY KEY (thread_id, send_id)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE thread_sends');
  }
}
