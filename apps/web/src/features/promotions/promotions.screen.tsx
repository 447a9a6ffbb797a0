import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, fill, number } from '../../ui/format';
import { FormModal } from '../../ui/form-modal';
import { dateTimeFormat, DateRangePicker } from '../../ui/date-picker';
import { NumberInput } from '../../ui/inputs';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { required } from '../../ui/use-form';
import { usePlans } from './use-plans';
import { TimeTag } from '../../parts/validity/time-tag';
import { limits, within } from '../../ui/limits';
import fa from './fa.json';

type Promotion = Schemas['PromotionDto'];
const times = { upcoming: 'future', running: 'current', over: 'past' } as const;

/** Discounts on plans for a time, with their occasion (BIL-020, BIL-208). */
export function PromotionsScreen() {
  const plans = usePlans();
  const [editing, setEditing] = useState<Promotion | 'new'>();
  const planTitle = (code: string): string =>
    plans.data?.plans.find((plan) => plan.code === code)?.title ?? code;
  return (
    <Page
      title={fa.promotions}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {fa.addPromotion}
        </Button>
      }
    >
      <DataList<Promotion>
        label={fa.promotions}
        queryKey={['plans', 'promotions']}
        load={async ({ cursor, limit }) => {
          const page = await ok(api.GET('/api/v1/plan-promotions', { params: { query: { cursor, limit } } }));
          return { rows: page.promotions, nextCursor: page.nextCursor };
        }}
        rowKey={({ id }) => id}
        columns={[
          { key: 'title', title: fa.occasion, main: true, render: ({ title }) => title },
          { key: 'percent', title: fa.percent, render: ({ percent }) => fill(fa.percentOff, { percent }) },
          {
            key: 'plan',
            title: fa.plan,
            render: ({ planCode }) => (planCode === null ? fa.allPlans : planTitle(planCode)),
          },
          { key: 'from', title: fa.validFrom, render: ({ validFrom }) => dateTime(validFrom) },
          { key: 'until', title: fa.validUntil, render: ({ validUntil }) => dateTime(validUntil) },
          { key: 'purchases', title: fa.purchases, render: ({ purchases }) => number(purchases) },
          { key: 'state', title: fa.time, render: ({ state }) => <TimeTag time={times[state]} /> },
          {
            key: 'act',
            title: '',
            render: (promotion) =>
              promotion.state !== 'over' && (
                <Flex gap="small" justify="end">
                  <Button onClick={() => setEditing(promotion)}>{fa.change}</Button>
                  <End promotion={promotion} />
                </Flex>
              ),
          },
        ]}
        empty={fa.noPromotions}
      />
      {editing && (
        <PromotionModal
          promotion={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  );
}

function End({ promotion: { id, title } }: { promotion: Promotion }) {
  const confirm = useConfirm();
  const end = useAction({
    act: () =>
      ok(api.DELETE('/api/v1/plan-promotions/{promotionId}', { params: { path: { promotionId: id } } })),
    said: fa.promotionEnded,
    refresh: [['plans']],
  });
  const ask = async (): Promise<void> => {
    const sure = await confirm({ title: fill(fa.endPromotion, { title }), action: fa.end, danger: true });
    if (sure) end.mutate();
  };
  return (
    <Button danger loading={end.isPending} onClick={() => void ask()}>
      {fa.end}
    </Button>
  );
}

interface Values {
  readonly title: string;
  readonly percent: number;
  readonly planCode?: string | null;
  readonly period: readonly [Date, Date];
}

function PromotionModal({ promotion, onClose }: { promotion: Promotion | undefined; onClose: () => void }) {
  const plans = usePlans();
  const [promotionId] = useState(() => promotion?.id ?? crypto.randomUUID());
  return (
    <FormModal<Values>
      title={promotion ? fa.changePromotion : fa.addPromotion}
      action={fa.save}
      initialValues={
        promotion && {
          title: promotion.title,
          percent: promotion.percent,
          planCode: promotion.planCode,
          period: [new Date(promotion.validFrom), new Date(promotion.validUntil)],
        }
      }
      submit={({ period: [from, until], planCode, ...body }) =>
        ok(
          api.PUT('/api/v1/plan-promotions/{promotionId}', {
            params: { path: { promotionId } },
            body: {
              ...body,
              planCode: planCode ?? null,
              validFrom: from.toISOString(),
              validUntil: until.toISOString(),
            },
          }),
        )
      }
      said={fa.saved}
      refresh={[['plans']]}
      fields={{ validFrom: 'period', validUntil: 'period' }}
      onClose={onClose}
    >
      <Form.Item name="title" label={fa.occasion} rules={[required(fa.occasion)]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item
        name="percent"
        label={fa.percent}
        rules={[required(fa.percent), within(limits.PromotionSaveDto.percent)]}
      >
        <NumberInput precision={0} />
      </Form.Item>
      <Form.Item name="planCode" label={fa.plan} extra={fa.planCodeWhat}>
        <Select
          allowClear
          placeholder={fa.allPlans}
          options={(plans.data?.plans ?? []).map(({ code, title }) => ({ value: code, label: title }))}
        />
      </Form.Item>
      <Form.Item name="period" label={fa.period} rules={[required(fa.period)]}>
        <DateRangePicker showTime format={dateTimeFormat} style={{ width: '100%' }} />
      </Form.Item>
    </FormModal>
  );
}
