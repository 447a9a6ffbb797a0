import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Import of people and basic data: the files until they are read, their faults, and what was said of schools. */
export class AddImports1790000007000 implements MigrationInterface {
  readonly name = 'AddImports1790000007000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE imports (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        file_name text NOT NULL,
        state text NOT NULL,
        refusal text,
        missing_columns text[] NOT NULL DEFAULT '{}',
        bytes int NOT NULL DEFAULT 0,
        chunks int NOT NULL DEFAULT 0,
        rows int NOT NULL DEFAULT 0,
        cursor int NOT NULL DEFAULT 0,
        rows_in_all int,
        created int NOT NULL DEFAULT 0,
        updated int NOT NULL DEFAULT 0,
        unchanged int NOT NULL DEFAULT 0,
        refused int NOT NULL DEFAULT 0,
        moved int NOT NULL DEFAULT 0,
        faults int NOT NULL DEFAULT 0,
        created_by uuid NOT NULL,
        applied_by uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        state_since timestamptz NOT NULL DEFAULT now(),
        touched_at timestamptz NOT NULL DEFAULT now(),
        worker uuid,
        leased_until timestamptz,
        attempts smallint NOT NULL DEFAULT 0,
        CONSTRAINT imports_rows_check CHECK (rows = created + updated + unchanged + refused),
        CONSTRAINT imports_refusal_check CHECK ((state = 'failed') = (refusal IS NOT NULL)),
        CONSTRAINT imports_applied_check CHECK (state NOT IN ('applying', 'done') OR applied_by IS NOT NULL)
      )`);
    await queryRunner.query(
      "CREATE INDEX imports_work_idx ON imports (state_since) WHERE state IN ('reading', 'applying')",
    );
    await queryRunner.query(
      "CREATE INDEX imports_open_idx ON imports (touched_at) WHERE state NOT IN ('done', 'failed', 'cancelled')",
    );
    await queryRunner.query(`
      CREATE TABLE import_chunks (
        import_id uuid NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
        no int NOT NULL,
        sealed bytea NOT NULL,
        PRIMARY KEY (import_id, no)
      )`);
    // What is sealed does not compress.
    await queryRunner.query('ALTER TABLE import_chunks ALTER sealed SET STORAGE EXTERNAL');
    await queryRunner.query(`
      CREATE TABLE import_errors (
        import_id uuid NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
        row int NOT NULL,
        field text NOT NULL,
        code text NOT NULL,
        other_row int,
        PRIMARY KEY (import_id, row, field)
      )`);
    await queryRunner.query(`
      CREATE TABLE directory_entries (
        kind text NOT NULL,
        code text NOT NULL,
        said jsonb NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (kind, code)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE directory_entries, import_errors, import_chunks, imports');
  }
}
