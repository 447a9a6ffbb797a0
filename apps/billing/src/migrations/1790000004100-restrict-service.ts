import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the ledger's tables may be written by: functions that run with their owner's rights, so that the role of the
 * service needs none on the tables (src/ledger/ledger.rights.ts). `ledger_post`, `ledger_pay` and `ledger_link` stay
 * with the rights of their caller: inside the others that is the owner, called directly they are refused.
 */
export class RestrictService1790000004100 implements MigrationInterface {
  readonly name = 'RestrictService1790000004100';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of functions) await queryRunner.query(statement);
    for (const routine of ownersRights) {
      await queryRunner.query(`ALTER FUNCTION ${routine} SECURITY DEFINER SET search_path = public, pg_temp`);
      await queryRunner.query(`REVOKE EXECUTE ON FUNCTION ${routine} FROM PUBLIC`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION ledger_lock_hold, ledger_due_hold, ledger_make_partitions');
    for (const routine of ownersRights.filter((name) => !made.includes(name))) {
      await queryRunner.query(`ALTER FUNCTION ${routine} SECURITY INVOKER RESET search_path`);
      await queryRunner.query(`GRANT EXECUTE ON FUNCTION ${routine} TO PUBLIC`);
    }
  }
}

const made = ['ledger_lock_hold', 'ledger_due_hold', 'ledger_make_partitions'];
const ownersRights = [
  'ledger_open_wallet',
  'ledger_credit',
  'ledger_debit',
  'ledger_move',
  'ledger_margin',
  'ledger_set_alert',
  'ledger_place_hold',
  'ledger_charge',
  'ledger_end_hold',
  ...made,
];

// A row can be locked only by one who may change it.
const functions = [
  `CREATE FUNCTION ledger_lock_hold(p_hold uuid) RETURNS SETOF holds LANGUAGE sql AS $$
    SELECT * FROM holds WHERE id = p_hold FOR NO KEY UPDATE
  $$`,

  `CREATE FUNCTION ledger_due_hold() RETURNS SETOF holds LANGUAGE sql AS $$
    SELECT * FROM holds WHERE state = 'open' AND expires_at <= now()
      ORDER BY expires_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
  $$`,

  // A partition is made beside the table and attached, so that reads and writes of the table go on meanwhile.
  `CREATE FUNCTION ledger_make_partitions(p_from timestamptz, p_months int) RETURNS text[] LANGUAGE plpgsql AS $$
  DECLARE
    v_from timestamp;
    v_name text;
    v_made text[] := '{}';
  BEGIN
    IF p_months NOT BETWEEN 1 AND 24 THEN
      RAISE 'months must be 1 to 24' USING ERRCODE = '22023';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('partitions:entries', 0));
    FOR v_later IN 0 .. p_months - 1 LOOP
      v_from := date_trunc('month', p_from AT TIME ZONE 'UTC') + make_interval(months => v_later);
      v_name := 'entries_' || to_char(v_from, 'YYYYMM');
      CONTINUE WHEN EXISTS (SELECT FROM pg_inherits
        WHERE inhparent = 'entries'::regclass AND inhrelid = to_regclass(v_name));
      EXECUTE format('CREATE TABLE %I (LIKE entries INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', v_name);
      EXECUTE format('ALTER TABLE entries ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', v_name,
        v_from AT TIME ZONE 'UTC', (v_from + interval '1 month') AT TIME ZONE 'UTC');
      v_made := v_made || v_name;
    END LOOP;
    RETURN v_made;
  END $$`,
];
