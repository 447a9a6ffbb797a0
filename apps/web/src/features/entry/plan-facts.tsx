import { Tag, Typography } from 'antd';
import type { Schemas } from '../../api/client';
import { dayAndMonth, fill, number, toman } from '../../ui/format';
import fa from './fa.json';

/** What a plan costs now and begins with (BIL-020, BIL-022). */
export function PlanFacts({ plan }: { plan: Schemas['PlanDto'] }) {
  const { description, priceRials, trialRials, discount } = plan;
  return (
    <>
      <Typography.Paragraph type="secondary">{description}</Typography.Paragraph>
      <div style={{ fontSize: 20, fontWeight: 600 }}>
        {discount ? toman(discount.priceRials) : priceRials > 0 ? toman(priceRials) : fa.free}
      </div>
      {discount && (
        <div>
          <Typography.Text delete type="secondary">
            {toman(priceRials)}
          </Typography.Text>{' '}
          <Tag color="success" style={{ whiteSpace: 'normal' }}>
            {fill(fa.planDiscount, {
              percent: number(discount.percent),
              title: discount.title,
              until: dayAndMonth(discount.until),
            })}
          </Tag>
        </div>
      )}
      {trialRials > 0 && (
        <Typography.Paragraph style={{ marginBlock: 8 }}>
          {fill(fa.planTrial, { amount: toman(trialRials) })}
        </Typography.Paragraph>
      )}
    </>
  );
}
