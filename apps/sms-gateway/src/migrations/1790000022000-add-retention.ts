import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What pruning needs (docs/retention.md): whether the messages of a send are gone, and indexes by which what is old is
 * found without reading the rest.
 */
export class AddRetention1790000022000 implements MigrationInterface {
  readonly name = 'AddRetention1790000022000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sends ADD COLUMN messages_removed_at timestamptz');
    await queryRunner.query('CREATE INDEX thread_sends_send_id_idx ON thread_sends (send_id)');
    await queryRunner.query(
      'CREATE INDEX inbound_parts_joined ON inbound_parts (received_at) WHERE inbox_id IS NOT NULL',
    );
    await queryRunner.query(
      'CREATE INDEX secretary_answers_given ON secretary_answers (answered_at) WHERE NOT due',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX secretary_answers_given');
    await queryRunner.query('DROP INDEX inbound_parts_joined');
    await queryRunner.query('DROP INDEX thread_sends_send_id_idx');
    await queryRunner.query('ALTER TABLE sends DROP COLUMN messages_removed_at');
  }
}
