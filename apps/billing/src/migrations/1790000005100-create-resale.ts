import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests of users for credit, what resellers earned with sends, and the customer club. */
export class CreateResale1790000005100 implements MigrationInterface {
  readonly name = 'CreateResale1790000005100';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE club_rewards, club_points, club_members, club_settings, resold_sends, topup_requests',
    );
  }
}

const statements = [
  `CREATE TABLE topup_requests (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    reseller_id uuid NOT NULL,
    state text NOT NULL,
    amount_rials bigint NOT NULL,
    note text NOT NULL,
    refusal text,
    idempotency_key text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT topup_requests_state_check
      CHECK (state IN ('open', 'approved', 'refused', 'withdrawn', 'expired')),
    CONSTRAINT topup_requests_amount_check CHECK (amount_rials > 0),
    CONSTRAINT topup_requests_end_check CHECK ((state = 'open') = (ended_at IS NULL))
  )`,
  'CREATE UNIQUE INDEX topup_requests_key ON topup_requests (customer_id, idempotency_key)',
  // One is open at a time.
  `CREATE UNIQUE INDEX topup_requests_open ON topup_requests (customer_id) WHERE state = 'open'`,
  'CREATE INDEX topup_requests_customer_id_id_idx ON topup_requests (customer_id, id)',
  'CREATE INDEX topup_requests_reseller_id_id_idx ON topup_requests (reseller_id, id)',
  `CREATE INDEX topup_requests_expires_at_idx ON topup_requests (expires_at) WHERE state = 'open'`,

  `CREATE TABLE resold_sends (
    send_id uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    reseller_id uuid NOT NULL,
    parts bigint NOT NULL,
    charged_rials bigint NOT NULL,
    margin_rials bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT resold_sends_amounts_check
      CHECK (parts >= 0 AND margin_rials >= 0 AND margin_rials <= charged_rials)
  )`,
  'CREATE INDEX resold_sends_customer_id_at_idx ON resold_sends (customer_id, at)',

  `CREATE TABLE club_settings (
    owner_id uuid PRIMARY KEY,
    active boolean NOT NULL,
    points_per_referral int NOT NULL,
    points_per_topup_step int NOT NULL,
    topup_step_rials bigint NOT NULL,
    threshold_points int NOT NULL,
    reward_rials bigint NOT NULL,
    updated_by uuid NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT club_settings_check CHECK (points_per_referral >= 0 AND points_per_topup_step >= 0
      AND topup_step_rials > 0 AND threshold_points > 0 AND reward_rials > 0)
  )`,
  `CREATE TABLE club_members (
    customer_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    points bigint NOT NULL,
    claimed_points bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, owner_id),
    CONSTRAINT club_members_points_check CHECK (claimed_points >= 0 AND points >= claimed_points)
  )`,
  `CREATE TABLE club_points (
    cause text NOT NULL,
    cause_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    points bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (cause, cause_id),
    CONSTRAINT club_points_cause_check CHECK (cause IN ('referral', 'topup', 'reward')),
    CONSTRAINT club_points_sign_check CHECK (points <> 0 AND (cause = 'reward') = (points < 0))
  )`,
  'CREATE INDEX club_points_customer_id_at_idx ON club_points (customer_id, at)',
  `CREATE TRIGGER club_points_append_only BEFORE UPDATE OR DELETE ON club_points
     FOR EACH ROW EXECUTE FUNCTION ledger_refuse()`,
  `CREATE TABLE club_rewards (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    state text NOT NULL,
    threshold_points int NOT NULL,
    reward_rials bigint NOT NULL,
    refusal text,
    created_at timestamptz NOT NULL DEFAULT now(),
    decided_by uuid,
    decided_at timestamptz,
    CONSTRAINT club_rewards_state_check CHECK (state IN ('awaiting', 'granted', 'refused')),
    CONSTRAINT club_rewards_amounts_check CHECK (threshold_points > 0 AND reward_rials > 0),
    CONSTRAINT club_rewards_decided_check CHECK ((state = 'awaiting') = (decided_at IS NULL))
  )`,
  `CREATE UNIQUE INDEX club_rewards_awaiting ON club_rewards (customer_id, owner_id) WHERE state = 'awaiting'`,
  'CREATE INDEX club_rewards_owner_id_id_idx ON club_rewards (owner_id, id)',
];
