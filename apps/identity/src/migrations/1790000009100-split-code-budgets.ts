import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes are counted for each person and whence they were asked for: a stranger does not use up the owner's. */
export class SplitCodeBudgets1790000009100 implements MigrationInterface {
  readonly name = 'SplitCodeBudgets1790000009100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE code_budgets RENAME person_key TO budget_key');
    await queryRunner.query('ALTER TABLE one_time_codes ADD budget_key bytea');
    await queryRunner.query('UPDATE one_time_codes SET budget_key = person_key');
    await queryRunner.query('ALTER TABLE one_time_codes ALTER budget_key SET NOT NULL');
    await queryRunner.query('CREATE INDEX one_time_codes_budget_key_idx ON one_time_codes (budget_key)');
    await queryRunner.query('DROP INDEX one_time_codes_person_key_idx');
    await queryRunner.query(
      'CREATE INDEX one_time_codes_person_key_created_at_idx ON one_time_codes (person_key, created_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE code_budgets RENAME budget_key TO person_key');
    await queryRunner.query('ALTER TABLE one_time_codes DROP COLUMN budget_key');
    await queryRunner.query('DROP INDEX one_time_codes_person_key_created_at_idx');
    await queryRunner.query('CREATE INDEX one_time_codes_person_key_idx ON one_time_codes (person_key)');
  }
}
