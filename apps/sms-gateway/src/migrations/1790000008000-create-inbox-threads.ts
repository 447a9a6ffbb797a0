import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox by line and number. What was there before counts as seen. */
export class CreateInboxThreads1790000008000 implements MigrationInterface {
  readonly name = 'CreateInboxThreads1790000008000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX inbox_messages_thread ON inbox_messages (customer_id, line_id, from_number, id)',
    );
    await queryRunner.query(`
      CREATE TABLE inbox_threads (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        line_id uuid NOT NULL,
        from_number text NOT NULL,
        to_number text NOT NULL,
        messages int NOT NULL,
        unread int NOT NULL,
        seen_id uuid,
        last_id uuid NOT NULL,
        last_text text NOT NULL,
        last_at timestamptz NOT NULL
      ) WITH (fillfactor = 70)`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX inbox_threads_number ON inbox_threads (customer_id, line_id, from_number)',
    );
    await queryRunner.query('CREATE INDEX inbox_threads_newest ON inbox_threads (customer_id, last_id)');
    await queryRunner.query(
      'CREATE INDEX inbox_threads_unread ON inbox_threads (customer_id) WHERE unread > 0',
    );
    await queryRunner.query(`
      INSERT INTO inbox_threads (id, customer_id, line_id, from_number, to_number, messages, unread, seen_id, last_id, last_text, last_at)
      SELECT gen_random_uuid(), l.customer_id, l.line_id, l.from_number, l.to_number, c.messages, 0, l.id, l.id, left(l.body, 200), l.received_at
      FROM (SELECT DISTINCT ON (customer_id, line_id, from_number) * FROM inbox_messages
            ORDER BY customer_id, line_id, from_number, id DESC) l
      JOIN (SELECT customer_id, line_id, from_number, count(*) AS messages FROM inbox_messages GROUP BY 1, 2, 3) c
        USING (customer_id, line_id, from_number)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE inbox_threads');
    await queryRunner.query('DROP INDEX inbox_messages_thread');
  }
}
