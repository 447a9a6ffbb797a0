import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Opt-outs of a customer and of the platform beside those of a line, and how each came. */
export class WidenOptOuts1790000018500 implements MigrationInterface {
  readonly name = 'WidenOptOuts1790000018500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE opt_outs DROP CONSTRAINT opt_outs_pkey');
    await queryRunner.query(`
      ALTER TABLE opt_outs
        ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN customer_id uuid,
        ADD COLUMN source text NOT NULL DEFAULT 'message',
        ADD COLUMN noted_by uuid,
        ADD COLUMN note text,
        ALTER COLUMN line_id DROP NOT NULL,
        ADD CONSTRAINT opt_outs_pkey PRIMARY KEY (id),
        ADD CONSTRAINT opt_outs_reach_check CHECK (line_id IS NULL OR customer_id IS NULL),
        ADD CONSTRAINT opt_outs_source_check CHECK (source IN ('message', 'panel', 'api', 'admin'))`);
    await queryRunner.query('ALTER TABLE opt_outs ALTER COLUMN id DROP DEFAULT');
    await queryRunner.query(
      'CREATE UNIQUE INDEX opt_outs_once ON opt_outs (msisdn, line_id, customer_id) NULLS NOT DISTINCT',
    );
    await queryRunner.query('CREATE INDEX opt_outs_of_line ON opt_outs (line_id, since)');
    await queryRunner.query('CREATE INDEX opt_outs_of_customer ON opt_outs (customer_id, since)');
    await queryRunner.query('CREATE INDEX opt_outs_since ON opt_outs (since)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP INDEX opt_outs_since, opt_outs_of_customer, opt_outs_of_line, opt_outs_once',
    );
    await queryRunner.query('DELETE FROM opt_outs WHERE line_id IS NULL');
    await queryRunner.query(`
      ALTER TABLE opt_outs
        DROP CONSTRAINT opt_outs_pkey,
        DROP CONSTRAINT opt_outs_reach_check,
        DROP CONSTRAINT opt_outs_source_check,
        DROP COLUMN id, DROP COLUMN customer_id, DROP COLUMN source, DROP COLUMN noted_by, DROP COLUMN note,
        ALTER COLUMN line_id SET NOT NULL,
        ADD CONSTRAINT opt_outs_pkey PRIMARY KEY (line_id, msisdn)`);
  }
}
