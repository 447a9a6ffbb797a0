import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When an e-mail address was changed last, to warn its owner: a password can be reset by it. */
export class AddEmailChanges1790000009000 implements MigrationInterface {
  readonly name = 'AddEmailChanges1790000009000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE accounts ADD email_changed_at timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE accounts DROP COLUMN email_changed_at');
  }
}
