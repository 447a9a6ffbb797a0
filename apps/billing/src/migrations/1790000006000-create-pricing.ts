import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tariffs by level, gift tiers, campaigns and purchases of plans. */
export class CreatePricing1790000006000 implements MigrationInterface {
  readonly name = 'CreatePricing1790000006000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE plan_purchases, plan_campaigns, gift_tiers, gift_tier_sets, level_changes',
    );
    await queryRunner.query('ALTER TABLE plans DROP COLUMN level');
    await queryRunner.query(`DELETE FROM tariffs WHERE level <> 'standard'`);
    await queryRunner.query('ALTER TABLE tariffs DROP COLUMN id, DROP COLUMN level, DROP COLUMN added_by');
    await queryRunner.query(
      'ALTER TABLE tariffs ADD PRIMARY KEY (line_class, language, operator, valid_from)',
    );
    await queryRunner.query('DROP TABLE levels');
  }
}

const statements = [
  'CREATE TABLE levels (level text PRIMARY KEY, title text NOT NULL)',
  `INSERT INTO levels (level, title) VALUES ('standard', 'عادی'), ('reseller', 'نمایندگی'), ('gold', 'طلایی')`,
  'ALTER TABLE tariffs DROP CONSTRAINT tariffs_pkey',
  `ALTER TABLE tariffs
     ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
     ADD COLUMN level text NOT NULL DEFAULT 'standard' REFERENCES levels (level),
     ADD COLUMN added_by uuid,
     ADD UNIQUE (level, line_class, language, operator, valid_from)`,
  'ALTER TABLE tariffs ALTER COLUMN id DROP DEFAULT',
  `CREATE TABLE level_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id uuid NOT NULL,
    level_before text NOT NULL,
    level text NOT NULL REFERENCES levels (level),
    cause text NOT NULL CONSTRAINT level_changes_cause_check CHECK (cause IN ('admin', 'plan', 'role')),
    by uuid NOT NULL,
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX level_changes_customer_id_id_idx ON level_changes (customer_id, id)',
  `CREATE TABLE gift_tier_sets (
    no int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    valid_from timestamptz NOT NULL UNIQUE,
    added_by uuid
  )`,
  // A range of one number stands for "equal": so no extension is needed.
  `CREATE TABLE gift_tiers (
    set_no int NOT NULL REFERENCES gift_tier_sets (no) ON DELETE CASCADE,
    from_rials bigint NOT NULL,
    to_rials bigint,
    discount_rials bigint NOT NULL,
    PRIMARY KEY (set_no, from_rials),
    CONSTRAINT gift_tiers_rials_check CHECK (from_rials > 0 AND to_rials > from_rials AND discount_rials > 0),
    CONSTRAINT gift_tiers_overlap_excl EXCLUDE USING gist (int4range(set_no, set_no, '[]') WITH &&, int8range(from_rials, to_rials) WITH &&)
  )`,
  'ALTER TABLE plans ADD COLUMN level text REFERENCES levels (level)',
  `UPDATE plans SET level = 'gold' WHERE code = 'organization'`,
  `CREATE TABLE plan_campaigns (
    id uuid PRIMARY KEY,
    plan_code text REFERENCES plans (code),
    title text NOT NULL,
    percent int NOT NULL CONSTRAINT plan_campaigns_percent_check CHECK (percent BETWEEN 1 AND 100),
    valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT plan_campaigns_valid_check CHECK (valid_until > valid_from)
  )`,
  'CREATE INDEX plan_campaigns_valid_until_idx ON plan_campaigns (valid_until)',
  `CREATE TABLE plan_purchases (
    id uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    plan_code text NOT NULL REFERENCES plans (code),
    price_rials bigint NOT NULL CONSTRAINT plan_purchases_price_rials_check CHECK (price_rials >= 0),
    list_price_rials bigint NOT NULL,
    campaign_id uuid REFERENCES plan_campaigns (id),
    level text,
    at timestamptz NOT NULL
  )`,
  'CREATE INDEX plan_purchases_campaign_id_idx ON plan_purchases (campaign_id)',
];
