import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whence a code was asked for, so that one address cannot have codes sent to everybody. */
export class AddCodeNetworks1790000005100 implements MigrationInterface {
  readonly name = 'AddCodeNetworks1790000005100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE one_time_codes ADD network text NOT NULL DEFAULT ''`);
    await queryRunner.query('ALTER TABLE one_time_codes ALTER network DROP DEFAULT');
    await queryRunner.query(
      'CREATE INDEX one_time_codes_network_created_at_idx ON one_time_codes (network, created_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE one_time_codes DROP COLUMN network');
  }
}
