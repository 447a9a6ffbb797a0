import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The owner's own change of the mobile, proved by codes to both, is told and can be stopped like those of others. */
export class AddOwnMobileChanges1790000019500 implements MigrationInterface {
  readonly name = 'AddOwnMobileChanges1790000019500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.allow(
      queryRunner,
      "'held', 'approved', 'stopped', 'proved'",
      "'admin', 'support', 'reseller', 'owner'",
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DELETE FROM contact_changes WHERE changed_as = 'owner'");
    await this.allow(queryRunner, "'held', 'approved', 'stopped'", "'admin', 'support', 'reseller'");
  }

  private async allow(queryRunner: QueryRunner, states: string, roles: string): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE contact_changes
        DROP CONSTRAINT contact_changes_state_check,
        DROP CONSTRAINT contact_changes_changed_as_check,
        ADD CONSTRAINT contact_changes_state_check CHECK (state IN (${states})),
        ADD CONSTRAINT contact_changes_changed_as_check CHECK (changed_as IN (${roles}))`);
  }
}
