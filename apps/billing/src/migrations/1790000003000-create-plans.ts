import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans of the sign-up with those that the platform begins with. */
export class CreatePlans1790000003000 implements MigrationInterface {
  readonly name = 'CreatePlans1790000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE plans (
        code text PRIMARY KEY,
        title text NOT NULL,
        description text NOT NULL,
        price_rials bigint NOT NULL,
        trial_rials bigint NOT NULL,
        active boolean NOT NULL DEFAULT true,
        CONSTRAINT plans_rials_check CHECK (price_rials >= 0 AND trial_rials >= 0)
      )`);
    await queryRunner.query(`
      CREATE TABLE customer_plans (
        customer_id uuid PRIMARY KEY,
        plan_code text NOT NULL REFERENCES plans (code),
        state text NOT NULL CONSTRAINT customer_plans_state_check CHECK (state IN ('trial', 'active')),
        since timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX customer_plans_plan_code_idx ON customer_plans (plan_code)');
    await queryRunner.query(`
      INSERT INTO plans (code, title, description, price_rials, trial_rials) VALUES
        ('start', 'پایه', 'برای آغاز کار: ارسال تکی و گروهی با خط پیش‌فرض', 0, 50000),
        ('business', 'حرفه‌ای', 'برای کسب‌وکارها: ارسال انبوه از فایل و وب‌سرویس', 5000000, 100000),
        ('organization', 'سازمانی', 'برای سازمان‌ها و نمایندگان: خط اختصاصی و کاربران بیشتر', 20000000, 200000)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE customer_plans');
    await queryRunner.query('DROP TABLE plans');
  }
}
