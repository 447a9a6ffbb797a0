import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTariffs1790000002000 implements MigrationInterface {
  readonly name = 'CreateTariffs1790000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE tariffs (
        line_class text NOT NULL,
        language text NOT NULL,
        operator text NOT NULL,
        valid_from timestamptz NOT NULL,
        rials_per_part bigint NOT NULL CONSTRAINT tariffs_rials_per_part_check CHECK (rials_per_part >= 0),
        PRIMARY KEY (line_class, language, operator, valid_from)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE tariffs');
  }
}
