import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who settled which messages in doubt, and how. */
export class CreateDoubtSettlements1790000007000 implements MigrationInterface {
  readonly name = 'CreateDoubtSettlements1790000007000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE doubt_settlements (
        id uuid PRIMARY KEY,
        send_id uuid NOT NULL,
        seqs int[] NOT NULL,
        settled_as text NOT NULL,
        settled_by uuid,
        settled_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX doubt_settlements_send_id_idx ON doubt_settlements (send_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE doubt_settlements');
  }
}
