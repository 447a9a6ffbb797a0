import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log (IDN-221): append-only, each entry linked by hash to the one that was committed before it. */
export class AddAudit1790000004000 implements MigrationInterface {
  readonly name = 'AddAudit1790000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE audit_entries (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        action text COLLATE "C" NOT NULL,
        actor_id uuid,
        actor_service text,
        account_id uuid,
        reason text,
        before jsonb,
        after jsonb,
        address text,
        device text,
        request_id text
      )`);
    await queryRunner.query('CREATE INDEX audit_entries_at_idx ON audit_entries (at, seq)');
    await queryRunner.query('CREATE INDEX audit_entries_account_idx ON audit_entries (account_id, at, seq)');
    await queryRunner.query('CREATE INDEX audit_entries_actor_idx ON audit_entries (actor_id, at, seq)');
    await queryRunner.query('CREATE INDEX audit_entries_action_idx ON audit_entries (action, at, seq)');
    await queryRunner.query(`
      CREATE TABLE audit_links (
        position bigint PRIMARY KEY,
        entry_seq bigint NOT NULL,
        link bytea NOT NULL
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX audit_links_entry_seq_key ON audit_links (entry_seq)');

    await queryRunner.query(`
      CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE '% of % is refused: the audit log is only added to', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
      END $$`);
    for (const table of ['audit_entries', 'audit_links'])
      await queryRunner.query(`
        CREATE TRIGGER ${table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()`);

    // Deferred: the lock that puts entries in a row is taken when the transaction commits, and held for no longer than
    // that. Sign-ins at once wait for one another's commit, not for one another's work.
    await queryRunner.query(`
      CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        v_last audit_links;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('audit chain', 0));
        SELECT * INTO v_last FROM audit_links ORDER BY position DESC LIMIT 1;
        INSERT INTO audit_links (position, entry_seq, link) VALUES (
          coalesce(v_last.position, 0) + 1,
          NEW.seq,
          sha256(coalesce(v_last.link, '') || convert_to(jsonb_build_array(
            NEW.seq, (extract(epoch FROM NEW.at) * 1000000)::bigint, NEW.action, NEW.actor_id, NEW.actor_service,
            NEW.account_id, NEW.reason, NEW.before, NEW.after, NEW.address, NEW.device, NEW.request_id)::text, 'UTF8')));
        RETURN NULL;
      END $$`);
    await queryRunner.query(`
      CREATE CONSTRAINT TRIGGER audit_entries_append AFTER INSERT ON audit_entries
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_append()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit_links, audit_entries');
    await queryRunner.query('DROP FUNCTION audit_append, audit_refuse');
  }
}
