import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLists1790000001000 implements MigrationInterface {
  readonly name = 'CreateLists1790000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE lists (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        source text NOT NULL,
        title text NOT NULL,
        state text NOT NULL,
        refusal text,
        rows int NOT NULL DEFAULT 0,
        valid int NOT NULL DEFAULT 0,
        duplicates int NOT NULL DEFAULT 0,
        invalid int NOT NULL DEFAULT 0,
        blank int NOT NULL DEFAULT 0,
        by_operator int[] NOT NULL DEFAULT '{}',
        bytes bigint NOT NULL DEFAULT 0,
        chunks int NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        touched_at timestamptz NOT NULL DEFAULT now(),
        reading uuid,
        leased_until timestamptz,
        attempts smallint NOT NULL DEFAULT 0,
        CONSTRAINT lists_rows_check CHECK (rows = valid + duplicates + invalid),
        CONSTRAINT lists_refusal_check CHECK ((state = 'refused') = (refusal IS NOT NULL))
      )`);
    await queryRunner.query("CREATE INDEX lists_files_idx ON lists (customer_id, id) WHERE source = 'file'");
    await queryRunner.query(
      "CREATE INDEX lists_unread_idx ON lists (touched_at) WHERE state IN ('uploading', 'reading')",
    );
    await queryRunner.query(`
      CREATE TABLE upload_chunks (
        list_id uuid NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
        no int NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (list_id, no)
      )`);
    // They live for seconds: not worth the time of compressing.
    await queryRunner.query('ALTER TABLE upload_chunks ALTER bytes SET STORAGE EXTERNAL');
    await queryRunner.query(`
      CREATE TABLE recipient_blocks (
        list_id uuid NOT NULL,
        block_no int NOT NULL,
        msisdns bigint[] NOT NULL,
        operators smallint[] NOT NULL,
        by_operator int[] NOT NULL,
        PRIMARY KEY (list_id, block_no)
      ) PARTITION BY RANGE (list_id)`);
    await queryRunner.query(`
      CREATE TABLE row_errors (
        list_id uuid NOT NULL,
        row int NOT NULL,
        value text NOT NULL,
        reason text NOT NULL,
        first_row int,
        PRIMARY KEY (list_id, row)
      ) PARTITION BY RANGE (list_id)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE row_errors, recipient_blocks, upload_chunks, lists');
  }
}
