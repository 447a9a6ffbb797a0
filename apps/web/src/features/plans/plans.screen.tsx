import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { Toman } from '../../ui/amount';
import { fill, number } from '../../ui/format';
import { DataList } from '../../ui/list';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { useLevelTitle } from '../../parts/levels/use-levels';
import { PlanModal } from './plan-modal';
import fa from './fa.json';

type Plan = Schemas['PlanAdminDto'];

/** Plans, also those off the list (BIL-208). */
export function PlansScreen() {
  const titleOf = useLevelTitle();
  const [editing, setEditing] = useState<Partial<Plan>>();
  return (
    <Page
      title={fa.plans}
      about={fa.plansAbout}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>
            {fa.addPlan}
          </Button>
          <LinkButton to="/money/promotions">{fa.promotions}</LinkButton>
        </>
      }
    >
      <DataList<Plan>
        label={fa.plans}
        queryKey={['plans', 'all']}
        load={async () => ({ rows: (await ok(api.GET('/api/v1/plans/all'))).plans })}
        rowKey={({ code }) => code}
        columns={[
          {
            key: 'title',
            title: fa.name,
            main: true,
            render: ({ title, active }) => (
              <>
                {title} {!active && <Tag>{fa.offList}</Tag>}
              </>
            ),
          },
          { key: 'code', title: fa.code, render: ({ code }) => <bdi>{code}</bdi> },
          { key: 'price', title: fa.price, render: ({ priceRials }) => <Toman rials={priceRials} /> },
          {
            key: 'now',
            title: fa.discountNow,
            render: ({ discount }) => (discount ? fill(fa.percentOff, { percent: discount.percent }) : '—'),
          },
          { key: 'trial', title: fa.trial, render: ({ trialRials }) => <Toman rials={trialRials} /> },
          { key: 'level', title: fa.level, render: ({ level }) => (level ? titleOf(level) : '—') },
          { key: 'customers', title: fa.customers, render: ({ customers }) => number(customers) },
          {
            key: 'act',
            title: '',
            render: (plan) => (
              <Button
                icon={<EditOutlined />}
                aria-label={fill(fa.changeThe, { what: plan.title })}
                onClick={() => setEditing(plan)}
              />
            ),
          },
        ]}
        empty={fa.noPlans}
      />
      {editing && <PlanModal plan={editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
