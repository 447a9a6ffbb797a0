import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Discounts on plans are called promotions everywhere: `campaign` stays for what is sent to many recipients. */
export class RenameCampaigns1790000023000 implements MigrationInterface {
  readonly name = 'RenameCampaigns1790000023000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of renames('campaign', 'promotion')) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of renames('promotion', 'campaign')) await queryRunner.query(statement);
  }
}

function renames(from: string, to: string): string[] {
  const constraints = ['pkey', 'plan_code_fkey', 'percent_check', 'valid_check'];
  return [
    `ALTER TABLE plan_${from}s RENAME TO plan_${to}s`,
    ...constraints.map(
      (name) => `ALTER TABLE plan_${to}s RENAME CONSTRAINT plan_${from}s_${name} TO plan_${to}s_${name}`,
    ),
    `ALTER INDEX plan_${from}s_valid_until_idx RENAME TO plan_${to}s_valid_until_idx`,
    `ALTER TABLE plan_purchases RENAME COLUMN ${from}_id TO ${to}_id`,
    `ALTER TABLE plan_purchases RENAME CONSTRAINT plan_purchases_${from}_id_fkey TO plan_purchases_${to}_id_fkey`,
    `ALTER INDEX plan_purchases_${from}_id_idx RENAME TO plan_purchases_${to}_id_idx`,
  ];
}
