import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Parts keep their octets until the message is joined; what fits no line is kept; line numbers have one form for
 * comparing; receipts that match nothing are kept with both their ids and addresses.
 */
export class AddInboundRules1790000013100 implements MigrationInterface {
  readonly name = 'AddInboundRules1790000013100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE orphan_receipts
        ADD COLUMN other_id text NOT NULL DEFAULT '',
        ADD COLUMN other_msisdn bigint NOT NULL DEFAULT 0`);
    await queryRunner.query(
      `CREATE INDEX orphan_receipts_other ON orphan_receipts (link_id, other_id) WHERE other_id <> ''`,
    );
    await queryRunner.query(`
      CREATE TABLE receipt_waits (
        send_id uuid NOT NULL,
        seq int NOT NULL,
        due_at timestamptz NOT NULL,
        PRIMARY KEY (send_id, seq)
      )`);
    await queryRunner.query('CREATE INDEX receipt_waits_due ON receipt_waits (due_at)');
    await queryRunner.query(`
      ALTER TABLE inbound_parts
        ADD COLUMN alphabet text,
        ADD COLUMN octets bytea,
        ADD COLUMN arrived_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        ADD COLUMN look_at timestamptz`);
    // Left over from before: looked at once, then stored as what is there.
    await queryRunner.query('UPDATE inbound_parts SET look_at = now() WHERE inbox_id IS NULL');
    await queryRunner.query('DROP INDEX inbound_parts_open');
    await queryRunner.query(
      'CREATE INDEX inbound_parts_message ON inbound_parts (to_number, from_number, reference, received_at)',
    );
    await queryRunner.query(
      'CREATE INDEX inbound_parts_due ON inbound_parts (look_at) WHERE inbox_id IS NULL',
    );
    await queryRunner.query('ALTER TABLE inbox_messages ADD COLUMN missing_parts int NOT NULL DEFAULT 0');
    await queryRunner.query(`
      CREATE TABLE unlined_messages (
        id uuid PRIMARY KEY,
        link_id uuid NOT NULL,
        from_number text NOT NULL,
        to_number text NOT NULL,
        body text NOT NULL,
        missing_parts int NOT NULL DEFAULT 0,
        received_at timestamptz NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX unlined_messages_link ON unlined_messages (link_id, id)');
    await queryRunner.query('CREATE INDEX unlined_messages_received ON unlined_messages (received_at)');
    // Our numbers as operators write them: +98, 0098, 98, 0 or nothing in front. The only place that knows it.
    await queryRunner.query(`
      CREATE FUNCTION line_key(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT regexp_replace(upper(regexp_replace(number, '[^0-9A-Za-z+]', '', 'g')), '^(\\+98|0098|98|\\+|0)(?=[0-9]{4})', '')
      $$`);
    await queryRunner.query('CREATE UNIQUE INDEX lines_key ON lines (line_key(number))');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX lines_key');
    await queryRunner.query('DROP FUNCTION line_key(text)');
    await queryRunner.query('DROP TABLE unlined_messages');
    await queryRunner.query('ALTER TABLE inbox_messages DROP COLUMN missing_parts');
    await queryRunner.query('DROP INDEX inbound_parts_due');
    await queryRunner.query('DROP INDEX inbound_parts_message');
    await queryRunner.query(
      'CREATE INDEX inbound_parts_open ON inbound_parts (to_number, from_number, reference) WHERE inbox_id IS NULL',
    );
    await queryRunner.query(
      'ALTER TABLE inbound_parts DROP COLUMN look_at, DROP COLUMN arrived_at, DROP COLUMN octets, DROP COLUMN alphabet',
    );
    await queryRunner.query('DROP TABLE receipt_waits');
    await queryRunner.query('DROP INDEX orphan_receipts_other');
    await queryRunner.query('ALTER TABLE orphan_receipts DROP COLUMN other_msisdn, DROP COLUMN other_id');
  }
}
