import { PlusOutlined } from '@ant-design/icons';
import { Flex, Tag } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Role, Schemas } from '../../api/client';
import { useAccount } from '../../api/use-session';
import { AccountFilter } from '../../ui/account-picker';
import { ChoiceFilter, SearchFilter } from '../../ui/filters';
import { date, fill } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { DataList, useListState } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { optionsOf } from '../../ui/terms';
import { powersOf, roleNames, scopeName } from '../../parts/people/names';
import { AccountState, Grants, Incomplete, Masked } from './account-tags';
import fa from './fa.json';

type Row = Schemas['AccountSummaryDto'];

const columns: readonly Column<Row>[] = [
  {
    key: 'name',
    title: fa.name,
    main: true,
    render: ({ id, name }) => <Link to={`/people/${id}`}>{name}</Link>,
  },
  {
    key: 'usernames',
    title: fa.username,
    render: ({ usernames }) =>
      usernames.length > 0 ? (
        <bdi className="ltr">{usernames.map(({ username }) => username).join(', ')}</bdi>
      ) : (
        fa.noUsername
      ),
  },
  { key: 'roles', title: fa.roles, render: ({ grants }) => <Grants grants={grants} /> },
  { key: 'mobile', title: fa.mobile, render: ({ mobile }) => <Masked value={mobile} /> },
  {
    key: 'nationalCode',
    title: fa.nationalCode,
    render: ({ nationalCode }) => <Masked value={nationalCode} />,
  },
  { key: 'state', title: fa.state, render: (row) => <States account={row} /> },
  { key: 'createdAt', title: fa.createdAt, render: ({ createdAt }) => date(createdAt) },
];

function States({ account: { disabled, incomplete } }: { account: Row }) {
  return (
    <Flex gap={4} wrap>
      <AccountState disabled={disabled} />
      {incomplete && <Incomplete />}
    </Flex>
  );
}

async function load({ filters, cursor, limit }: ListState): Promise<ListPage<Row>> {
  const { search, role, scope, disabled, resellerId, incomplete } = filters;
  const page = await ok(
    api.GET('/api/v1/accounts', {
      params: {
        query: {
          ...{ search, scope, resellerId, cursor, limit },
          role: role as Role | undefined,
          disabled: disabled === undefined ? undefined : disabled === 'true',
          incomplete: incomplete === 'true' ? true : undefined,
        },
      },
    }),
  );
  return { rows: page.accounts, nextCursor: page.nextCursor };
}

/** Who is there: search, filters, and a way to each (IDN-202, IDN-216). */
export function PeopleScreen() {
  const powers = powersOf(useAccount().roles);
  return (
    <Page
      title={fa.people}
      extra={
        powers.manages && (
          <LinkButton to="/people/new" type="primary" icon={<PlusOutlined />}>
            {fa.newAccount}
          </LinkButton>
        )
      }
    >
      <DataList
        label={fa.people}
        queryKey={['accounts']}
        load={load}
        rowKey={({ id }) => id}
        columns={columns}
        empty={fa.noPeople}
        filters={<Filters />}
      />
    </Page>
  );
}

function Filters() {
  const { filters, set } = useListState();
  const { scope } = filters;
  const { isAdmin } = powersOf(useAccount().roles);
  return (
    <>
      <SearchFilter label={fa.search} />
      <ChoiceFilter name="role" label={fa.role} options={optionsOf(roleNames)} />
      <ChoiceFilter
        name="disabled"
        label={fa.state}
        options={[
          { value: 'false', label: fa.open },
          { value: 'true', label: fa.disabled },
        ]}
      />
      <ChoiceFilter name="incomplete" label={fa.entry} options={[{ value: 'true', label: fa.incomplete }]} />
      {isAdmin && <AccountFilter name="resellerId" role="reseller" label={fa.reseller} />}
      {scope && (
        <Tag closable onClose={() => set({ scope: undefined })} style={{ alignSelf: 'center' }}>
          {fill(fa.inScope, { scope: scopeName(scope) })}
        </Tag>
      )}
    </>
  );
}
