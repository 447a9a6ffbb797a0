import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTemplates1790000003000 implements MigrationInterface {
  readonly name = 'CreateTemplates1790000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE template_groups (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        name text NOT NULL,
        folded_name text NOT NULL,
        UNIQUE (customer_id, folded_name)
      )`);
    await queryRunner.query(`
      CREATE TABLE templates (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        group_id uuid REFERENCES template_groups (id) ON DELETE SET NULL,
        title text NOT NULL,
        body text NOT NULL,
        folded text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX templates_customer_id_id_idx ON templates (customer_id, id)');
    await queryRunner.query('CREATE INDEX templates_group_id_idx ON templates (group_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE templates');
    await queryRunner.query('DROP TABLE template_groups');
  }
}
