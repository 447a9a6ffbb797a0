import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long a link waits for the answer to its bind, how its receipts are read, and which words opt out of lines of a class. */
export class AddLinkRules1790000013000 implements MigrationInterface {
  readonly name = 'AddLinkRules1790000013000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE links
        ADD COLUMN bind_timeout_ms int NOT NULL DEFAULT 30000,
        ADD COLUMN receipt_rule text NOT NULL DEFAULT 'every_part',
        ADD COLUMN receipt_wins text NOT NULL DEFAULT 'delivered',
        ADD COLUMN receipt_final_wait_seconds int NOT NULL DEFAULT 0,
        ADD CONSTRAINT links_bind_timeout_check CHECK (bind_timeout_ms BETWEEN 1000 AND 600000),
        ADD CONSTRAINT links_receipt_rule_check CHECK (receipt_rule IN ('every_part', 'one_for_all')),
        ADD CONSTRAINT links_receipt_wins_check CHECK (receipt_wins IN ('delivered', 'last')),
        ADD CONSTRAINT links_receipt_final_wait_check CHECK (receipt_final_wait_seconds BETWEEN 0 AND 604800)`);
    await queryRunner.query(`
      CREATE TABLE line_classes (
        line_class text PRIMARY KEY,
        opt_out_words text[] NOT NULL,
        CONSTRAINT line_classes_words_check CHECK (cardinality(opt_out_words) <= 50)
      )`);
    await queryRunner.query(`
      INSERT INTO line_classes (line_class, opt_out_words)
      SELECT line_class, ARRAY['لغو 11', '11', 'لغو'] FROM unnest(ARRAY['advertising', 'service']) AS line_class`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE line_classes');
    await queryRunner.query(`
      ALTER TABLE links DROP COLUMN receipt_final_wait_seconds, DROP COLUMN receipt_wins, DROP COLUMN receipt_rule,
        DROP COLUMN bind_timeout_ms`);
  }
}
