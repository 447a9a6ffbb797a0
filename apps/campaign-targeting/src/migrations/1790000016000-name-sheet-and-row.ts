import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sheet of a file was read, and which row a file was refused for. */
export class NameSheetAndRow1790000016000 implements MigrationInterface {
  readonly name = 'NameSheetAndRow1790000016000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE lists ADD refusal_row int, ADD sheet text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE lists DROP refusal_row, DROP sheet');
  }
}
