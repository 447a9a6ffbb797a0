import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, transfers, entries, holds, and the functions that alone write them (docs/adr/0004-ledger-holds.md). */
export class CreateLedger1790000001000 implements MigrationInterface {
  readonly name = 'CreateLedger1790000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...guards, ...functions]) await queryRunner.query(statement);
    await queryRunner.query(
      `INSERT INTO accounts (name, customer_id, guarded, chain) VALUES ('funding', NULL, false, '')`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION ledger_end_hold, ledger_charge, ledger_place_hold, ledger_credit');
    await queryRunner.query('DROP FUNCTION ledger_post, ledger_link, ledger_open_wallet');
    await queryRunner.query('DROP TABLE entries, transfers, holds, accounts');
    await queryRunner.query('DROP FUNCTION ledger_sum_is_zero, ledger_refuse, ledger_hold_guard');
  }
}

// Balances change with each entry: half of each page stays free, so that the new version of a row fits beside the old
// one (HOT) and no index is touched.
const tables = [
  `CREATE TABLE accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    customer_id uuid,
    guarded boolean NOT NULL,
    posted_rials bigint NOT NULL DEFAULT 0,
    held_rials bigint NOT NULL DEFAULT 0,
    entry_count bigint NOT NULL DEFAULT 0,
    chain bytea NOT NULL,
    CONSTRAINT accounts_available_check CHECK (NOT guarded OR posted_rials - held_rials >= 0),
    CONSTRAINT accounts_held_check CHECK (held_rials >= 0),
    CONSTRAINT accounts_exact_check CHECK (abs(posted_rials) <= 9000000000000000)
  ) WITH (fillfactor = 50)`,
  `CREATE TABLE transfers (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    hold_id uuid,
    amount_rials bigint NOT NULL,
    reason text NOT NULL,
    body_hash bytea NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT transfers_amount_check CHECK (amount_rials > 0),
    CONSTRAINT transfers_kind_check CHECK (kind IN ('credit', 'hold', 'capture', 'release', 'refund'))
  )`,
  'CREATE INDEX transfers_hold_id_idx ON transfers (hold_id)',
  `CREATE TABLE entries (
    account_id bigint NOT NULL REFERENCES accounts (id),
    entry_no bigint NOT NULL,
    at timestamptz NOT NULL,
    transfer_id uuid NOT NULL REFERENCES transfers (id),
    posted_change_rials bigint NOT NULL,
    held_change_rials bigint NOT NULL,
    posted_after_rials bigint NOT NULL,
    held_after_rials bigint NOT NULL,
    chain bytea NOT NULL,
    PRIMARY KEY (account_id, entry_no, at)
  ) PARTITION BY RANGE (at)`,
  'CREATE INDEX entries_transfer_id_idx ON entries (transfer_id)',
  `CREATE TABLE holds (
    id uuid PRIMARY KEY,
    customer_id uuid,
    purpose text NOT NULL,
    state text NOT NULL,
    amount_rials bigint NOT NULL,
    captured_rials bigint NOT NULL DEFAULT 0,
    released_rials bigint NOT NULL DEFAULT 0,
    refunded_rials bigint NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL,
    placed_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT holds_state_check CHECK (state IN ('open', 'closed', 'released', 'expired')),
    CONSTRAINT holds_amounts_check
      CHECK (captured_rials >= 0 AND refunded_rials BETWEEN 0 AND captured_rials AND captured_rials <= amount_rials),
    CONSTRAINT holds_end_check CHECK (CASE state
      WHEN 'open' THEN ended_at IS NULL AND released_rials = 0
      ELSE ended_at IS NOT NULL AND captured_rials + released_rials = amount_rials END),
    CONSTRAINT holds_customer_check CHECK (customer_id IS NOT NULL OR (state = 'released' AND amount_rials = 0))
  ) WITH (fillfactor = 50)`,
  "CREATE INDEX holds_expires_at_idx ON holds (expires_at) WHERE state = 'open'",
];

// What holds whoever writes, also by hand. Row triggers of a partitioned table are those of its partitions.
const guards = [
  `CREATE FUNCTION ledger_sum_is_zero() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    -- All entries of a transfer have one moment, which names their partition. Zero at each moment is zero in all.
    IF (SELECT sum(posted_change_rials) FROM entries WHERE transfer_id = NEW.transfer_id AND at = NEW.at) <> 0 THEN
      RAISE 'the entries of transfer % do not add up to zero', NEW.transfer_id USING ERRCODE = 'BL000';
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER entries_sum_is_zero AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW WHEN (NEW.posted_change_rials <> 0) EXECUTE FUNCTION ledger_sum_is_zero()`,
  `CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE '% of % is refused: the ledger only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'BL000';
  END $$`,
  ...['entries', 'transfers'].flatMap((table) => [
    `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
       FOR EACH ROW EXECUTE FUNCTION ledger_refuse()`,
    `CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()`,
  ]),
  `CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds FOR EACH ROW EXECUTE FUNCTION ledger_refuse()`,
  `CREATE FUNCTION ledger_hold_guard() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.id, NEW.customer_id, NEW.purpose, NEW.amount_rials, NEW.placed_at)
         IS DISTINCT FROM (OLD.id, OLD.customer_id, OLD.purpose, OLD.amount_rials, OLD.placed_at)
       OR NEW.captured_rials < OLD.captured_rials OR NEW.refunded_rials < OLD.refunded_rials
       OR OLD.state <> 'open' AND (NEW.state, NEW.captured_rials, NEW.released_rials, NEW.ended_at)
         IS DISTINCT FROM (OLD.state, OLD.captured_rials, OLD.released_rials, OLD.ended_at) THEN
      RAISE 'hold % may not change so', OLD.id USING ERRCODE = 'BL000';
    END IF;
    RETURN NEW;
  END $$`,
  'CREATE TRIGGER holds_guard BEFORE UPDATE ON holds FOR EACH ROW EXECUTE FUNCTION ledger_hold_guard()',
];

// Locks are taken in one order by all: the hold, then accounts by id. So nothing can deadlock.
// Refusals are errors with a state of their own (src/ledger/ledger.errors.ts), so that nothing half-done is committed.
const functions = [
  `CREATE FUNCTION ledger_open_wallet(p_customer uuid) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE
    v_wallet bigint;
  BEGIN
    SELECT id INTO v_wallet FROM accounts WHERE name = 'wallet:' || p_customer;
    IF NOT FOUND THEN
      INSERT INTO accounts (name, customer_id, guarded, chain)
        VALUES ('wallet:' || p_customer, p_customer, true, ''), ('revenue:' || p_customer, p_customer, true, '')
        ON CONFLICT (name) DO NOTHING;
      SELECT id INTO v_wallet FROM accounts WHERE name = 'wallet:' || p_customer;
    END IF;
    RETURN v_wallet;
  END $$`,

  `CREATE FUNCTION ledger_link(p_before bytea, p_body_hash bytea, p_transfer uuid, p_account bigint, p_entry_no bigint,
    p_at timestamptz, p_posted_change bigint, p_held_change bigint, p_posted_after bigint, p_held_after bigint)
  RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(p_before || p_body_hash || convert_to(concat_ws('|', p_transfer, p_account, p_entry_no,
      (extract(epoch FROM p_at) * 1000000)::bigint, p_posted_change, p_held_change, p_posted_after, p_held_after), 'UTF8'))
  $$`,

  // The only writer of transfers, entries and balances. False: this transfer had been made before, with equal terms.
  `CREATE FUNCTION ledger_post(p_id uuid, p_kind text, p_hold uuid, p_amount bigint, p_reason text,
    p_accounts bigint[], p_posted bigint[], p_held bigint[])
  RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    v_hash bytea := sha256(convert_to(concat_ws('|', p_kind, coalesce(p_hold::text, '-'), p_amount, p_accounts, p_posted,
      p_held, p_reason), 'UTF8'));
    v_at timestamptz;
    v_account accounts;
  BEGIN
    PERFORM FROM accounts WHERE id = ANY (p_accounts) ORDER BY id FOR NO KEY UPDATE;
    -- Not now(): that is when the transaction began, before it waited for the lock.
    v_at := clock_timestamp();
    INSERT INTO transfers (id, kind, hold_id, amount_rials, reason, body_hash, at)
      VALUES (p_id, p_kind, p_hold, p_amount, p_reason, v_hash, v_at) ON CONFLICT (id) DO NOTHING;
    IF NOT FOUND THEN
      IF (SELECT body_hash FROM transfers WHERE id = p_id) <> v_hash THEN
        RAISE 'transfer % exists with other terms', p_id USING ERRCODE = 'BL001';
      END IF;
      RETURN false;
    END IF;
    FOR i IN 1 .. array_length(p_accounts, 1) LOOP
      UPDATE accounts SET
          posted_rials = posted_rials + p_posted[i],
          held_rials = held_rials + p_held[i],
          entry_count = entry_count + 1,
          chain = ledger_link(chain, v_hash, p_id, id, entry_count + 1, v_at, p_posted[i], p_held[i],
            posted_rials + p_posted[i], held_rials + p_held[i])
        WHERE id = p_accounts[i] RETURNING * INTO STRICT v_account;
      INSERT INTO entries (account_id, entry_no, at, transfer_id, posted_change_rials, held_change_rials,
          posted_after_rials, held_after_rials, chain)
        VALUES (v_account.id, v_account.entry_count, v_at, p_id, p_posted[i], p_held[i],
          v_account.posted_rials, v_account.held_rials, v_account.chain);
    END LOOP;
    RETURN true;
  END $$`,

  `CREATE FUNCTION ledger_credit(p_id uuid, p_customer uuid, p_amount bigint, p_reason text)
  RETURNS accounts LANGUAGE plpgsql AS $$
  DECLARE
    v_wallet bigint := ledger_open_wallet(p_customer);
    v_account accounts;
  BEGIN
    PERFORM ledger_post(p_id, 'credit', NULL, p_amount, p_reason,
      ARRAY[(SELECT id FROM accounts WHERE name = 'funding'), v_wallet], ARRAY[-p_amount, p_amount], ARRAY[0, 0]);
    SELECT * INTO v_account FROM accounts WHERE id = v_wallet;
    RETURN v_account;
  END $$`,

  `CREATE FUNCTION ledger_place_hold(p_hold uuid, p_customer uuid, p_amount bigint, p_purpose text, p_expires_at timestamptz)
  RETURNS holds LANGUAGE plpgsql AS $$
  DECLARE
    v_hold holds;
  BEGIN
    INSERT INTO holds (id, customer_id, purpose, state, amount_rials, expires_at, placed_at)
      VALUES (p_hold, p_customer, p_purpose, 'open', p_amount, p_expires_at, clock_timestamp())
      ON CONFLICT (id) DO NOTHING RETURNING * INTO v_hold;
    IF NOT FOUND THEN
      SELECT * INTO v_hold FROM holds WHERE id = p_hold;
      -- A repeat reckons its expiry anew: the first one stays, and it is no other term.
      IF v_hold.customer_id IS NOT NULL AND (v_hold.customer_id, v_hold.amount_rials, v_hold.purpose)
           IS DISTINCT FROM (p_customer, p_amount, p_purpose) THEN
        RAISE 'hold % exists with other terms', p_hold USING ERRCODE = 'BL002';
      ELSIF v_hold.state <> 'open' THEN
        RAISE 'hold % is %', p_hold, v_hold.state USING ERRCODE = 'BL003';
      END IF;
    ELSIF p_amount > 0 THEN
      PERFORM ledger_post(p_hold, 'hold', p_hold, p_amount, p_purpose,
        ARRAY[ledger_open_wallet(p_customer)], ARRAY[0], ARRAY[p_amount]);
    END IF;
    RETURN v_hold;
  END $$`,

  `CREATE FUNCTION ledger_charge(p_hold uuid, p_customer uuid, p_capture_id uuid, p_capture bigint,
    p_refund_id uuid, p_refund bigint)
  RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    v_hold holds;
    v_accounts bigint[];
  BEGIN
    SELECT * INTO v_hold FROM holds WHERE id = p_hold FOR NO KEY UPDATE;
    IF v_hold.customer_id IS DISTINCT FROM p_customer THEN
      RAISE 'no hold % of customer %', p_hold, p_customer USING ERRCODE = 'BL005';
    END IF;
    v_accounts := ARRAY[(SELECT id FROM accounts WHERE name = 'wallet:' || p_customer),
      (SELECT id FROM accounts WHERE name = 'revenue:' || p_customer)];
    IF p_capture > 0 THEN
      IF NOT EXISTS (SELECT FROM transfers WHERE id = p_capture_id) THEN
        IF v_hold.state <> 'open' THEN
          RAISE 'hold % is %', p_hold, v_hold.state USING ERRCODE = 'BL003';
        ELSIF p_capture > v_hold.amount_rials - v_hold.captured_rials THEN
          RAISE 'hold % has only % left for %', p_hold, v_hold.amount_rials - v_hold.captured_rials, p_capture
            USING ERRCODE = 'BL004';
        END IF;
        UPDATE holds SET captured_rials = captured_rials + p_capture WHERE id = p_hold RETURNING * INTO v_hold;
      END IF;
      PERFORM ledger_post(p_capture_id, 'capture', p_hold, p_capture, v_hold.purpose,
        v_accounts, ARRAY[-p_capture, p_capture], ARRAY[-p_capture, 0]);
    END IF;
    IF p_refund > 0 THEN
      IF NOT EXISTS (SELECT FROM transfers WHERE id = p_refund_id) THEN
        IF p_refund > v_hold.captured_rials - v_hold.refunded_rials THEN
          RAISE 'hold % has captured only % to refund % from', p_hold, v_hold.captured_rials - v_hold.refunded_rials,
            p_refund USING ERRCODE = 'BL006';
        END IF;
        UPDATE holds SET refunded_rials = refunded_rials + p_refund WHERE id = p_hold;
      END IF;
      PERFORM ledger_post(p_refund_id, 'refund', p_hold, p_refund, v_hold.purpose,
        v_accounts, ARRAY[p_refund, -p_refund], ARRAY[0, 0]);
    END IF;
  END $$`,

  // 'ended' by this call, 'already' before it, or 'unknown': then the id is spent and can never be placed.
  `CREATE FUNCTION ledger_end_hold(p_hold uuid, p_state text) RETURNS text LANGUAGE plpgsql AS $$
  DECLARE
    v_hold holds;
    v_rest bigint;
  BEGIN
    LOOP
      SELECT * INTO v_hold FROM holds WHERE id = p_hold FOR NO KEY UPDATE;
      EXIT WHEN FOUND;
      INSERT INTO holds (id, purpose, state, amount_rials, expires_at, placed_at, ended_at)
        VALUES (p_hold, '', 'released', 0, clock_timestamp(), clock_timestamp(), clock_timestamp())
        ON CONFLICT (id) DO NOTHING;
      IF FOUND THEN
        RETURN 'unknown';
      END IF;
    END LOOP;
    IF v_hold.customer_id IS NULL THEN
      RETURN 'unknown';
    ELSIF v_hold.state <> 'open' THEN
      RETURN 'already';
    END IF;
    v_rest := v_hold.amount_rials - v_hold.captured_rials;
    IF v_rest > 0 THEN
      PERFORM ledger_post(gen_random_uuid(), 'release', p_hold, v_rest, v_hold.purpose,
        ARRAY[(SELECT id FROM accounts WHERE name = 'wallet:' || v_hold.customer_id)], ARRAY[0], ARRAY[-v_rest]);
    END IF;
    UPDATE holds SET state = p_state, released_rials = v_rest, ended_at = clock_timestamp() WHERE id = p_hold;
    RETURN 'ended';
  END $$`,
];
