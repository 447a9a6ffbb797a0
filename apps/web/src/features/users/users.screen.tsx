import { PlusOutlined, SwapOutlined } from '@ant-design/icons';
import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountFilter } from '../../ui/account-picker';
import { Toman } from '../../ui/amount';
import { PeriodFilter } from '../../ui/filters';
import { number } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { TransferModal } from './transfer-modal';
import { UserActions } from './user-actions';
import { UserModal } from './user-modal';
import fa from './fa.json';

type User = Schemas['ResellerUserDto'];

/** A reseller's own users: their credit, their use in a period, and what it does for them (BIL-210, IDN-216). */
export function UsersScreen() {
  const [giving, setGiving] = useState<User>();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={fa.users}
      about={fa.usersAbout}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {fa.addUser}
        </Button>
      }
    >
      <DataList<User>
        label={fa.users}
        queryKey={['reseller', 'users']}
        load={async ({ filters: { customerId, from, to }, cursor, limit }) => {
          const query = { customerId, from, to, cursor, limit };
          const page = await ok(api.GET('/api/v1/reseller/users', { params: { query } }));
          return { rows: page.users, nextCursor: page.nextCursor };
        }}
        rowKey={({ customerId }) => customerId}
        filters={
          <>
            <AccountFilter label={fa.findUser} />
            <PeriodFilter until="to" />
          </>
        }
        columns={[
          {
            key: 'name',
            title: fa.name,
            main: true,
            render: ({ customerId, name, disabled }) => (
              <>
                <Link to={`/people/${customerId}`}>{name}</Link>{' '}
                {disabled && <Tag color="error">{fa.disabled}</Tag>}
              </>
            ),
          },
          {
            key: 'available',
            title: fa.available,
            render: ({ availableRials }) => <Toman rials={availableRials} />,
          },
          { key: 'sends', title: fa.sends, render: ({ use }) => number(use.sends) },
          { key: 'parts', title: fa.parts, render: ({ use }) => number(use.parts) },
          {
            key: 'use',
            title: fa.use,
            render: ({ use }) => <Toman rials={use.chargedRials - use.refundedRials} />,
          },
          { key: 'margin', title: fa.margin, render: ({ use }) => <Toman rials={use.marginRials} /> },
          {
            key: 'act',
            title: '',
            render: (user) => (
              <Flex gap="small" wrap justify="end">
                <Button icon={<SwapOutlined />} onClick={() => setGiving(user)}>
                  {fa.give}
                </Button>
                <UserActions user={user} />
              </Flex>
            ),
          },
        ]}
        empty={fa.noUsers}
      />
      {giving && <TransferModal user={giving} onClose={() => setGiving(undefined)} />}
      {adding && <UserModal onClose={() => setAdding(false)} />}
    </Page>
  );
}
