import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Col, Form, Row, Switch } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { TomanInput } from '../../ui/amount';
import { FormError } from '../../ui/form-error';
import { NumberInput } from '../../ui/inputs';
import { required, useServerForm } from '../../ui/use-form';
import { limits, within, withinToman } from '../../ui/limits';
import fa from './fa.json';

type Settings = Schemas['ClubSettingsDto'];

export function ClubForm({ settings }: { settings: Settings | null }) {
  const say = useSay();
  const queries = useQueryClient();
  const { props, refusal, mutation } = useServerForm({
    submit: (body: Settings) => ok(api.PUT('/api/v1/club/settings', { body })),
    done: async () => {
      say.success(fa.clubSaved);
      await queries.invalidateQueries({ queryKey: ['club'] });
    },
  });
  const points = <NumberInput precision={0} suffix={fa.pointUnit} />;
  const fields = [
    {
      name: 'pointsPerReferral',
      label: fa.pointsPerReferral,
      input: points,
      rule: within(limits.ClubSettingsDto.pointsPerReferral),
    },
    {
      name: 'pointsPerTopupStep',
      label: fa.pointsPerTopupStep,
      input: points,
      rule: within(limits.ClubSettingsDto.pointsPerTopupStep),
    },
    {
      name: 'topupStepRials',
      label: fa.topupStep,
      input: <TomanInput precision={0} />,
      rule: withinToman(limits.ClubSettingsDto.topupStepRials),
    },
    {
      name: 'thresholdPoints',
      label: fa.threshold,
      input: points,
      rule: within(limits.ClubSettingsDto.thresholdPoints),
    },
    {
      name: 'rewardRials',
      label: fa.rewardAmount,
      input: <TomanInput precision={0} />,
      rule: withinToman(limits.ClubSettingsDto.rewardRials),
    },
  ] as const;
  return (
    <Card style={{ maxWidth: 960 }}>
      <FormError error={refusal} />
      <Form {...props} initialValues={settings ?? { active: false }}>
        <Form.Item name="active" label={fa.clubActive} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Row gutter={16}>
          {fields.map(({ name, label, input, rule }) => (
            <Col key={name} xs={24} md={8}>
              <Form.Item name={name} label={label} rules={[required(label), rule]}>
                {input}
              </Form.Item>
            </Col>
          ))}
        </Row>
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.save}
        </Button>
      </Form>
    </Card>
  );
}
