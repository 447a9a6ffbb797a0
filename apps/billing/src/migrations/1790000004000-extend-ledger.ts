import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Top-ups, gifts, purchases, transfers between wallets, margins of resellers and corrections, beside the holds; and the
 * warning of low credit (docs/adr/0004-ledger-holds.md).
 */
export class ExtendLedger1790000004000 implements MigrationInterface {
  readonly name = 'ExtendLedger1790000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION ledger_credit(uuid, uuid, bigint, text)');
    await queryRunner.query(kindCheck([...holdKinds, ...otherKinds]));
    // The margin of a reseller leaves the revenue at the end of a send; a refund that comes later still has to be paid.
    await queryRunner.query(`UPDATE accounts SET guarded = false WHERE name LIKE 'revenue:%'`);
    await queryRunner.query(`ALTER TABLE accounts ADD COLUMN alert_rials bigint,
      ADD CONSTRAINT accounts_alert_check CHECK (alert_rials >= 0)`);
    for (const statement of [openWallet(false), post(true), ...functions]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION ledger_set_alert, ledger_margin, ledger_move');
    await queryRunner.query('DROP FUNCTION ledger_debit, ledger_credit, ledger_pay');
    for (const statement of [openWallet(true), post(false), creditBefore]) await queryRunner.query(statement);
    await queryRunner.query('ALTER TABLE accounts DROP COLUMN alert_rials');
    await queryRunner.query(`UPDATE accounts SET guarded = true WHERE name LIKE 'revenue:%'`);
    await queryRunner.query(kindCheck(['credit', ...holdKinds]));
  }
}

const holdKinds = ['hold', 'capture', 'release', 'refund'];
const otherKinds = [
  'credit',
  'topup',
  'gift',
  'trial',
  'transfer',
  'purchase',
  'reward',
  'correction',
  'margin',
];

function kindCheck(kinds: readonly string[]): string {
  const list = kinds.map((kind) => `'${kind}'`).join(', ');
  return `ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check,
    ADD CONSTRAINT transfers_kind_check CHECK (kind IN (${list}))`;
}

function openWallet(revenueGuarded: boolean): string {
  return `CREATE OR REPLACE FUNCTION ledger_open_wallet(p_customer uuid) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE
    v_wallet bigint;
  BEGIN
    SELECT id INTO v_wallet FROM accounts WHERE name = 'wallet:' || p_customer;
    IF NOT FOUND THEN
      INSERT INTO accounts (name, customer_id, guarded, chain)
        VALUES ('wallet:' || p_customer, p_customer, true, ''),
               ('revenue:' || p_customer, p_customer, ${revenueGuarded}, '')
        ON CONFLICT (name) DO NOTHING;
      SELECT id INTO v_wallet FROM accounts WHERE name = 'wallet:' || p_customer;
    END IF;
    RETURN v_wallet;
  END $$`;
}

/**
 * The only writer of transfers, entries and balances. False: this transfer had been made before, with equal terms.
 * Where the available credit of a wallet falls below what its owner wants to be warned at, the event is written here:
 * whoever spends, whatever the path, in the same transaction, and for nobody else a round trip more.
 */
function post(warns: boolean): string {
  return `CREATE OR REPLACE FUNCTION ledger_post(p_id uuid, p_kind text, p_hold uuid, p_amount bigint, p_reason text,
    p_accounts bigint[], p_posted bigint[], p_held bigint[])
  RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    v_hash bytea := sha256(convert_to(concat_ws('|', p_kind, coalesce(p_hold::text, '-'), p_amount, p_accounts, p_posted,
      p_held, p_reason), 'UTF8'));
    v_at timestamptz;
    v_account accounts;
    v_available bigint;
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
          v_account.posted_rials, v_account.held_rials, v_account.chain);${warns ? warning : ''}
    END LOOP;
    RETURN true;
  END $$`;
}
const warning = `
      v_available := v_account.posted_rials - v_account.held_rials;
      IF v_available < v_account.alert_rials
           AND v_available - p_posted[i] + p_held[i] >= v_account.alert_rials THEN
        INSERT INTO outbox (id, aggregate, name, version, payload, headers)
          VALUES (gen_random_uuid(), v_account.name, 'billing.credit.low', 1,
            jsonb_build_object('customerId', v_account.customer_id, 'availableRials', v_available,
              'alertRials', v_account.alert_rials), '{}');
      END IF;`;

const functions = [
  // From one account to another. The look at the available credit is for its number: the CHECK would refuse as well.
  `CREATE FUNCTION ledger_pay(p_id uuid, p_kind text, p_from bigint, p_to bigint, p_amount bigint, p_reason text)
  RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    v_from accounts;
  BEGIN
    PERFORM FROM accounts WHERE id IN (p_from, p_to) ORDER BY id FOR NO KEY UPDATE;
    SELECT * INTO STRICT v_from FROM accounts WHERE id = p_from;
    IF (v_from.guarded OR p_kind = 'margin') AND v_from.posted_rials - v_from.held_rials < p_amount
         AND NOT EXISTS (SELECT FROM transfers WHERE id = p_id) THEN
      RAISE 'account % has only % available for %', v_from.name, v_from.posted_rials - v_from.held_rials, p_amount
        USING ERRCODE = 'BL007', DETAIL = v_from.posted_rials - v_from.held_rials;
    END IF;
    RETURN ledger_post(p_id, p_kind, NULL, p_amount, p_reason,
      ARRAY[p_from, p_to], ARRAY[-p_amount, p_amount], ARRAY[0, 0]);
  END $$`,

  `CREATE FUNCTION ledger_credit(p_id uuid, p_kind text, p_customer uuid, p_amount bigint, p_reason text)
  RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    IF p_kind NOT IN ('credit', 'topup', 'gift', 'trial', 'reward', 'correction') THEN
      RAISE 'no credit is %', p_kind USING ERRCODE = 'BL000';
    END IF;
    RETURN ledger_pay(p_id, p_kind, (SELECT id FROM accounts WHERE name = 'funding'), ledger_open_wallet(p_customer),
      p_amount, p_reason);
  END $$`,

  `CREATE FUNCTION ledger_debit(p_id uuid, p_kind text, p_customer uuid, p_amount bigint, p_reason text)
  RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    v_wallet bigint := ledger_open_wallet(p_customer);
    v_to text := CASE p_kind WHEN 'purchase' THEN 'revenue:' || p_customer WHEN 'correction' THEN 'funding' END;
  BEGIN
    IF v_to IS NULL THEN
      RAISE 'no debit is %', p_kind USING ERRCODE = 'BL000';
    END IF;
    RETURN ledger_pay(p_id, p_kind, v_wallet, (SELECT id FROM accounts WHERE name = v_to), p_amount, p_reason);
  END $$`,

  `CREATE FUNCTION ledger_move(p_id uuid, p_kind text, p_from uuid, p_to uuid, p_amount bigint, p_reason text)
  RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    v_wallets bigint[];
  BEGIN
    IF p_kind NOT IN ('transfer', 'reward') OR p_from = p_to THEN
      RAISE 'no % from % to %', p_kind, p_from, p_to USING ERRCODE = 'BL000';
    END IF;
    -- New accounts in one order too: whoever makes the same one waits for its commit.
    v_wallets := ARRAY[ledger_open_wallet(least(p_from, p_to)), ledger_open_wallet(greatest(p_from, p_to))];
    RETURN ledger_pay(p_id, p_kind, v_wallets[CASE WHEN p_from < p_to THEN 1 ELSE 2 END],
      v_wallets[CASE WHEN p_from < p_to THEN 2 ELSE 1 END], p_amount, p_reason);
  END $$`,

  `CREATE FUNCTION ledger_margin(p_id uuid, p_customer uuid, p_reseller uuid, p_amount bigint, p_reason text)
  RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM ledger_open_wallet(least(p_customer, p_reseller));
    PERFORM ledger_open_wallet(greatest(p_customer, p_reseller));
    RETURN ledger_pay(p_id, 'margin', (SELECT id FROM accounts WHERE name = 'revenue:' || p_customer),
      (SELECT id FROM accounts WHERE name = 'wallet:' || p_reseller), p_amount, p_reason);
  END $$`,

  `CREATE FUNCTION ledger_set_alert(p_customer uuid, p_alert bigint) RETURNS accounts LANGUAGE sql AS $$
    UPDATE accounts SET alert_rials = p_alert WHERE id = ledger_open_wallet(p_customer) RETURNING *
  $$`,
];

// As the first migration made it.
const creditBefore = `CREATE FUNCTION ledger_credit(p_id uuid, p_customer uuid, p_amount bigint, p_reason text)
  RETURNS accounts LANGUAGE plpgsql AS $$
  DECLARE
    v_wallet bigint := ledger_open_wallet(p_customer);
    v_account accounts;
  BEGIN
    PERFORM ledger_post(p_id, 'credit', NULL, p_amount, p_reason,
      ARRAY[(SELECT id FROM accounts WHERE name = 'funding'), v_wallet], ARRAY[-p_amount, p_amount], ARRAY[0, 0]);
    SELECT * INTO v_account FROM accounts WHERE id = v_wallet;
    RETURN v_account;
  END $$`;
