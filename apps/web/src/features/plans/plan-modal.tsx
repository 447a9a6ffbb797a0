import { Form, Input, Select, Switch } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { TomanInput } from '../../ui/amount';
import { FormModal } from '../../ui/form-modal';
import { LtrInput, persianCount } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import { useLevels } from '../../parts/levels/use-levels';
import { limits, withinToman } from '../../ui/limits';
import fa from './fa.json';

type Plan = Schemas['PlanAdminDto'];
type Values = Schemas['PlanSaveBodyDto'] & { readonly code: string };

export function PlanModal({ plan, onClose }: { plan: Partial<Plan>; onClose: () => void }) {
  const levels = useLevels();
  const { code, title, description, priceRials, trialRials, level, active } = plan;
  return (
    <FormModal<Values>
      title={code ? fa.changePlan : fa.addPlan}
      action={fa.save}
      initialValues={{
        code,
        title,
        description,
        priceRials,
        trialRials: trialRials ?? 0,
        level,
        active: active ?? true,
      }}
      submit={({ code: planCode, ...body }) =>
        ok(
          api.PUT('/api/v1/plans/{planCode}', {
            params: { path: { planCode } },
            body: { ...body, level: body.level ?? null },
          }),
        )
      }
      said={fa.saved}
      refresh={[['plans']]}
      onClose={onClose}
    >
      <Form.Item name="title" label={fa.name} rules={[required(fa.name)]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="code" label={fa.code} extra={fa.codeWhat} rules={[required(fa.code)]}>
        <LtrInput maxLength={50} disabled={code !== undefined} />
      </Form.Item>
      <Form.Item name="description" label={fa.description} rules={[required(fa.description)]}>
        <Input.TextArea maxLength={300} showCount={persianCount} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item
        name="priceRials"
        label={fa.price}
        rules={[required(fa.price), withinToman(limits.PlanSaveDto.priceRials)]}
      >
        <TomanInput />
      </Form.Item>
      <Form.Item
        name="trialRials"
        label={fa.trial}
        rules={[required(fa.trial), withinToman(limits.PlanSaveDto.trialRials)]}
      >
        <TomanInput />
      </Form.Item>
      <Form.Item name="level" label={fa.levelGiven}>
        <Select
          allowClear
          options={(levels.data?.levels ?? []).map((each) => ({ value: each.level, label: each.title }))}
        />
      </Form.Item>
      <Form.Item name="active" label={fa.onList} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormModal>
  );
}
