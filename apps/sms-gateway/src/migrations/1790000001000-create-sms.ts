import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSms1790000001000 implements MigrationInterface {
  readonly name = 'CreateSms1790000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE links (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        host text NOT NULL,
        port int NOT NULL,
        system_id text NOT NULL,
        password text NOT NULL,
        system_type text NOT NULL DEFAULT '',
        parts_per_second int NOT NULL,
        window_size int NOT NULL,
        binds int NOT NULL,
        response_timeout_ms int NOT NULL DEFAULT 30000,
        enquire_link_ms int NOT NULL DEFAULT 30000,
        receipt_wait_seconds int NOT NULL DEFAULT 172800,
        doubt_wait_seconds int,
        doubt_settles_as text NOT NULL DEFAULT 'sent',
        active boolean NOT NULL DEFAULT true
      )`);
    await queryRunner.query(`
      CREATE TABLE lines (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        link_id uuid NOT NULL REFERENCES links (id),
        number text NOT NULL UNIQUE,
        line_class text NOT NULL,
        hours_from int NOT NULL DEFAULT 0,
        hours_to int NOT NULL DEFAULT 24,
        is_66_char boolean NOT NULL DEFAULT false,
        refund_policy text NOT NULL DEFAULT 'submitted',
        active boolean NOT NULL DEFAULT true
      )`);
    await queryRunner.query('CREATE INDEX lines_customer_id_idx ON lines (customer_id)');
    await queryRunner.query(`
      CREATE TABLE sends (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        line_id uuid NOT NULL REFERENCES lines (id),
        link_id uuid NOT NULL,
        idempotency_key text,
        request_hash text NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        kind text NOT NULL,
        lane text NOT NULL,
        language text NOT NULL,
        parts int NOT NULL,
        is_66_char boolean NOT NULL,
        list_id uuid NOT NULL,
        first_position int NOT NULL,
        recipients int NOT NULL,
        prices int[] NOT NULL,
        quoted_rials bigint NOT NULL,
        refund_policy text NOT NULL,
        state text NOT NULL,
        refusal text,
        send_at timestamptz,
        repeat_every text,
        repeat_times int,
        repeat_no int NOT NULL DEFAULT 1,
        repeat_of uuid,
        cursor int NOT NULL DEFAULT 0,
        queued int NOT NULL DEFAULT 0,
        sent int NOT NULL DEFAULT 0,
        delivered int NOT NULL DEFAULT 0,
        undelivered int NOT NULL DEFAULT 0,
        failed int NOT NULL DEFAULT 0,
        blocked int NOT NULL DEFAULT 0,
        cancelled int NOT NULL DEFAULT 0,
        in_doubt int NOT NULL DEFAULT 0,
        unreported int NOT NULL DEFAULT 0,
        charged_rials bigint NOT NULL DEFAULT 0,
        refunded_rials bigint NOT NULL DEFAULT 0,
        told_charged_rials bigint NOT NULL DEFAULT 0,
        told_refunded_rials bigint NOT NULL DEFAULT 0,
        settled boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz
      ) WITH (fillfactor = 50)`);
    await queryRunner.query('CREATE UNIQUE INDEX sends_idempotency ON sends (customer_id, idempotency_key)');
    await queryRunner.query('CREATE INDEX sends_customer_id_id_idx ON sends (customer_id, id)');
    await queryRunner.query(
      `CREATE INDEX sends_open ON sends (id) WHERE state NOT IN ('finished', 'cancelled', 'refused')`,
    );
    // Partitioned by the month that stands in the id (UUIDv7): one key for look-ups and for dropping old months.
    await queryRunner.query(`
      CREATE TABLE messages (
        send_id uuid NOT NULL,
        seq int NOT NULL,
        msisdn bigint NOT NULL,
        operator smallint NOT NULL,
        state smallint NOT NULL,
        parts smallint NOT NULL,
        submitted_mask int NOT NULL DEFAULT 0,
        delivered_mask int NOT NULL DEFAULT 0,
        undelivered_mask int NOT NULL DEFAULT 0,
        charged_rials int NOT NULL DEFAULT 0,
        refunded_rials int NOT NULL DEFAULT 0,
        error_status bigint,
        operator_ids text,
        submitted_at timestamptz,
        final_at timestamptz,
        PRIMARY KEY (send_id, seq)
      ) PARTITION BY RANGE (send_id)`);
    await queryRunner.query(`
      CREATE TABLE batches (
        id uuid PRIMARY KEY,
        send_id uuid NOT NULL,
        link_id uuid NOT NULL,
        first_seq int NOT NULL,
        count smallint NOT NULL,
        next_index smallint NOT NULL DEFAULT 0,
        started_to smallint NOT NULL DEFAULT 0,
        state smallint NOT NULL DEFAULT 0,
        session_id uuid,
        assigned_at timestamptz
      ) WITH (fillfactor = 70)`);
    await queryRunner.query('CREATE INDEX batches_waiting ON batches (send_id, first_seq) WHERE state = 0');
    await queryRunner.query('CREATE INDEX batches_held ON batches (session_id) WHERE state = 1');
    await queryRunner.query('CREATE INDEX batches_send_id_idx ON batches (send_id)');
    // Which message an operator's id belongs to, a row a part; needed until its receipt came.
    await queryRunner.query(`
      CREATE TABLE submissions (
        link_id uuid NOT NULL,
        operator_id text NOT NULL,
        send_id uuid NOT NULL,
        seq int NOT NULL,
        part smallint NOT NULL,
        msisdn bigint NOT NULL,
        submitted_at timestamptz NOT NULL,
        PRIMARY KEY (operator_id, link_id, submitted_at, send_id, seq, part)
      ) PARTITION BY RANGE (submitted_at)`);
    await queryRunner.query(`
      CREATE TABLE orphan_receipts (
        id uuid PRIMARY KEY,
        link_id uuid NOT NULL,
        operator_id text NOT NULL,
        msisdn bigint NOT NULL,
        state smallint NOT NULL,
        reported_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(
      'CREATE INDEX orphan_receipts_link_id_operator_id_idx ON orphan_receipts (link_id, operator_id)',
    );
    await queryRunner.query(`
      CREATE TABLE worker_sessions (
        id uuid PRIMARY KEY,
        worker text NOT NULL,
        queue text NOT NULL,
        state text NOT NULL,
        leaving boolean NOT NULL DEFAULT false,
        seen_at timestamptz NOT NULL,
        ended_at timestamptz
      )`);
    await queryRunner.query(`
      CREATE TABLE link_binds (
        link_id uuid NOT NULL,
        bind_no int NOT NULL,
        session_id uuid NOT NULL,
        state text NOT NULL,
        leaving boolean NOT NULL DEFAULT false,
        PRIMARY KEY (link_id, bind_no)
      )`);
    await queryRunner.query(`
      CREATE TABLE link_shares (
        link_id uuid NOT NULL,
        session_id uuid NOT NULL,
        granted int NOT NULL,
        applied int NOT NULL,
        reserved int NOT NULL DEFAULT 0,
        free_at timestamptz,
        current_parts_per_second real NOT NULL DEFAULT 0,
        throttled int NOT NULL DEFAULT 0,
        PRIMARY KEY (link_id, session_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE inbound_parts (
        link_id uuid NOT NULL,
        key text NOT NULL,
        from_number text NOT NULL,
        to_number text NOT NULL,
        reference int,
        total int NOT NULL,
        part int NOT NULL,
        body text NOT NULL,
        inbox_id uuid,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (link_id, key)
      )`);
    await queryRunner.query(
      'CREATE INDEX inbound_parts_open ON inbound_parts (to_number, from_number, reference) WHERE inbox_id IS NULL',
    );
    await queryRunner.query(`
      CREATE TABLE inbox_messages (
        id uuid PRIMARY KEY,
        customer_id uuid NOT NULL,
        line_id uuid NOT NULL,
        from_number text NOT NULL,
        to_number text NOT NULL,
        body text NOT NULL,
        received_at timestamptz NOT NULL
      )`);
    await queryRunner.query(
      'CREATE INDEX inbox_messages_customer_id_id_idx ON inbox_messages (customer_id, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'inbox_messages',
      'inbound_parts',
      'link_shares',
      'link_binds',
      'worker_sessions',
      'orphan_receipts',
      'submissions',
      'batches',
      'messages',
      'sends',
      'lines',
      'links',
    ]) {
      await queryRunner.query(`DROP TABLE ${table}`);
    }
  }
}
