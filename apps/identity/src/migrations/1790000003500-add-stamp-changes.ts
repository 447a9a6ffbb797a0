import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a permission stamp last rose: what was changed lately is told to programs that begin to listen. */
export class AddStampChanges1790000003500 implements MigrationInterface {
  readonly name = 'AddStampChanges1790000003500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE accounts ADD stamp_changed_at timestamptz');
    await queryRunner.query(`
      CREATE INDEX accounts_stamp_changed_at_idx ON accounts (stamp_changed_at) WHERE stamp_changed_at IS NOT NULL`);
    // By a trigger, so that no statement can forget it.
    await queryRunner.query(`
      CREATE FUNCTION note_stamp_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.stamp_changed_at := now();
        RETURN NEW;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER accounts_stamp_change BEFORE UPDATE ON accounts
      FOR EACH ROW WHEN (NEW.permission_stamp <> OLD.permission_stamp) EXECUTE FUNCTION note_stamp_change()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER accounts_stamp_change ON accounts');
    await queryRunner.query('DROP FUNCTION note_stamp_change');
    await queryRunner.query('ALTER TABLE accounts DROP COLUMN stamp_changed_at');
  }
}
