import { Form, Radio } from 'antd';
import { Failure, isLost, Loading } from '../../ui/states';
import { required } from '../../ui/use-form';
import { usePlans } from './banners';
import { PlanFacts } from './plan-facts';
import fa from './fa.json';
import './entry.css';

/** «پنل خود را انتخاب کنید» (IDN-033, BIL-022). */
export function PlanStep() {
  const { data, error, refetch } = usePlans();
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Form.Item name="plan" label={fa.planChoose} rules={[required(fa.plan)]} extra={fa.planAbout}>
      <Radio.Group className="plan-choice">
        {data.plans.map((plan) => (
          <Radio key={plan.code} value={plan.code}>
            <strong>{plan.title}</strong>
            <PlanFacts plan={plan} />
          </Radio>
        ))}
      </Radio.Group>
    </Form.Item>
  );
}
