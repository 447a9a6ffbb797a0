import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddOptOutsAndSecretary1790000002000 implements MigrationInterface {
  readonly name = 'AddOptOutsAndSecretary1790000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE lines ADD COLUMN secretary_text text');
    await queryRunner.query(`
      CREATE TABLE opt_outs (
        line_id uuid NOT NULL,
        msisdn bigint NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (line_id, msisdn)
      )`);
    await queryRunner.query(`
      CREATE TABLE secretary_answers (
        line_id uuid NOT NULL,
        msisdn bigint NOT NULL,
        inbox_id uuid NOT NULL,
        answered_at timestamptz NOT NULL,
        due boolean NOT NULL,
        PRIMARY KEY (line_id, msisdn)
      )`);
    await queryRunner.query('CREATE INDEX secretary_answers_due ON secretary_answers (line_id) WHERE due');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE secretary_answers');
    await queryRunner.query('DROP TABLE opt_outs');
    await queryRunner.query('ALTER TABLE lines DROP COLUMN secretary_text');
  }
}
