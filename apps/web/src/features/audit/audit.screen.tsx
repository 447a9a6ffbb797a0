import { api, ok } from '../../api/client';
import { AccountFilter } from '../../ui/account-picker';
import { DownloadButton } from '../../ui/download';
import { ChoiceFilter, PeriodFilter } from '../../ui/filters';
import { dateTime } from '../../ui/format';
import { DataList, useListState } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { ActionName, Actor, EntryDetails, Subject } from '../../parts/audit/entry';
import type { Entry } from '../../parts/audit/entry';
import { actionOptions } from '../../parts/audit/names';
import fa from './fa.json';

const columns: readonly Column<Entry>[] = [
  { key: 'action', title: fa.action, main: true, render: ({ action }) => <ActionName action={action} /> },
  { key: 'at', title: fa.at, render: ({ at }) => dateTime(at) },
  { key: 'actor', title: fa.actor, render: ({ actor }) => <Actor actor={actor} /> },
  { key: 'about', title: fa.about, render: (entry) => <Subject {...entry} /> },
  {
    key: 'address',
    title: fa.address,
    render: ({ address }) => address && <bdi className="ltr">{address}</bdi>,
  },
];

function questionOf({ accountId, actorId, action, from, until }: ListState['filters']) {
  return { accountId, actorId, action, from, to: until };
}

async function load({ filters, cursor, limit }: ListState): Promise<ListPage<Entry>> {
  const page = await ok(
    api.GET('/api/v1/audit', { params: { query: { ...questionOf(filters), cursor, limit } } }),
  );
  return { rows: page.entries, nextCursor: page.nextCursor };
}

/** Who did what with accounts and their data (IDN-221). */
export function AuditScreen() {
  const { filters } = useListState();
  const question = new URLSearchParams(
    Object.entries(questionOf(filters)).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return (
    <Page
      title={fa.audit}
      about={fa.auditAbout}
      extra={
        <DownloadButton path={`/audit.csv?${question}`} name="audit.csv">
          {fa.csv}
        </DownloadButton>
      }
    >
      <DataList
        label={fa.audit}
        queryKey={['audit']}
        load={load}
        rowKey={({ seq }) => seq}
        columns={columns}
        empty={fa.noEntries}
        expand={(entry) => <EntryDetails {...entry} />}
        filters={
          <>
            <AccountFilter name="actorId" label={fa.actor} />
            <AccountFilter name="accountId" label={fa.about} />
            <ChoiceFilter name="action" label={fa.action} options={actionOptions} />
            <PeriodFilter />
          </>
        }
      />
    </Page>
  );
}
