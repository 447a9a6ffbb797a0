import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passwords of links at rest; those that stand in clear text are sealed by the next start, which has the keys. */
export class SealLinkPasswords1790000014001 implements MigrationInterface {
  readonly name = 'SealLinkPasswords1790000014001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE links ADD COLUMN sealed_password bytea');
    await queryRunner.query(`ALTER TABLE links ALTER COLUMN password SET DEFAULT ''`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE links ALTER COLUMN password DROP DEFAULT');
    await queryRunner.query('ALTER TABLE links DROP COLUMN sealed_password');
  }
}
