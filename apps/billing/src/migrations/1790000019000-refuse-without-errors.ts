import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Too little credit is an everyday answer, not an error of the database: each one stood in PostgreSQL's log as ERROR, with
 * the customer's row. The functions answer NULL then; the CHECK of the balance stays as the last guard. The rest of both
 * functions is as it was. Also: one payment of a bank is credited to one top-up.
 */
export class RefuseWithoutErrors1790000019000 implements MigrationInterface {
  readonly name = 'RefuseWithoutErrors1790000019000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(placeHold(quietHold));
    await queryRunner.query(pay(quietPay));
    await queryRunner.query(
      `CREATE UNIQUE INDEX topups_bank_sale_reference_key ON topups (bank, sale_reference) WHERE state = 'credited'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX topups_bank_sale_reference_key');
    await queryRunner.query(pay(raisingPay));
    await queryRunner.query(placeHold(''));
  }
}

// The wallet's lock is taken before the hold is written, so that nothing has to be taken back.
const quietHold = `
    IF p_amount > 0 AND NOT EXISTS (SELECT FROM holds WHERE id = p_hold) THEN
      SELECT posted_rials - held_rials INTO v_available FROM accounts WHERE id = ledger_open_wallet(p_customer)
        FOR NO KEY UPDATE;
      IF v_available < p_amount AND NOT EXISTS (SELECT FROM holds WHERE id = p_hold) THEN
        RETURN NULL;
      END IF;
    END IF;`;

function placeHold(look: string): string {
  return `CREATE OR REPLACE FUNCTION ledger_place_hold(p_hold uuid, p_customer uuid, p_amount bigint, p_purpose text,
    p_expires_at timestamptz)
  RETURNS holds LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    v_hold holds;
    v_available bigint;
  BEGIN${look}
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
  END $$`;
}

const quietPay = 'RETURN NULL;';
const raisingPay = `RAISE 'account % has only % available for %', v_from.name, v_from.posted_rials - v_from.held_rials,
        p_amount USING ERRCODE = 'BL007', DETAIL = v_from.posted_rials - v_from.held_rials;`;

function pay(refuse: string): string {
  return `CREATE OR REPLACE FUNCTION ledger_pay(p_id uuid, p_kind text, p_from bigint, p_to bigint, p_amount bigint,
    p_reason text)
  RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    v_from accounts;
  BEGIN
    PERFORM FROM accounts WHERE id IN (p_from, p_to) ORDER BY id FOR NO KEY UPDATE;
    SELECT * INTO STRICT v_from FROM accounts WHERE id = p_from;
    IF (v_from.guarded OR p_kind = 'margin') AND v_from.posted_rials - v_from.held_rials < p_amount
         AND NOT EXISTS (SELECT FROM transfers WHERE id = p_id) THEN
      ${refuse}
    END IF;
    RETURN ledger_post(p_id, p_kind, NULL, p_amount, p_reason,
      ARRAY[p_from, p_to], ARRAY[-p_amount, p_amount], ARRAY[0, 0]);
  END $$`;
}
