import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { formatGregorian } from './gregorian';
import { Button, Flex, Form, Select, Tag } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { Toman } from '../../ui/amount';
import { ChoiceFilter } from '../../ui/filters';
import { date, dateTime, fill, number } from '../../ui/format';
import { FormModal } from '../../ui/form-modal';
import { dateFormat, DatePicker } from '../../ui/date-picker';
import { DataList } from '../../ui/list';
import { required } from '../../ui/use-form';
import { topupStates } from '../../parts/topups/topup-state';
import fa from './fa.json';
import { Table } from '../../ui/table';

type Report = Schemas['BankReportDto'];
type Bank = Schemas['BankDto'];

/** Top-ups of a day beside what the bank says of them. */
export function ReportList({ banks }: { banks: readonly Bank[] }) {
  const [running, setRunning] = useState(false);
  const options = banks.map(({ code, title }) => ({ value: code, label: title }));
  const titleOf = (code: string): string => banks.find((bank) => bank.code === code)?.title ?? code;
  return (
    <>
      <DataList<Report>
        label={fa.reports}
        queryKey={['banks', 'reports']}
        load={async ({ filters, cursor, limit }) => {
          const query = { bank: filters['bank'] as Bank['code'] | undefined, cursor, limit };
          const page = await ok(api.GET('/api/v1/bank-reports', { params: { query } }));
          return { rows: page.reports, nextCursor: page.nextCursor };
        }}
        rowKey={({ bank, day }) => `${bank} ${day}`}
        filters={
          <>
            <ChoiceFilter name="bank" label={fa.bank} options={options} />
            <Button onClick={() => setRunning(true)}>{fa.runReport}</Button>
          </>
        }
        columns={[
          { key: 'day', title: fa.day, main: true, render: ({ day }) => date(noonOf(day)) },
          { key: 'bank', title: fa.bank, render: ({ bank }) => titleOf(bank) },
          { key: 'compared', title: fa.compared, render: ({ compared }) => number(compared) },
          { key: 'unanswered', title: fa.unanswered, render: ({ unanswered }) => number(unanswered) },
          {
            key: 'differences',
            title: fa.differences,
            render: ({ differenceCount }) =>
              differenceCount === 0 ? (
                <Tag color="success" icon={<CheckCircleOutlined />}>
                  {fa.noDifference}
                </Tag>
              ) : (
                <Tag color="error" icon={<WarningOutlined />}>
                  {fill(fa.differencesOf, { count: differenceCount })}
                </Tag>
              ),
          },
          { key: 'made', title: fa.madeAt, render: ({ madeAt }) => dateTime(madeAt) },
        ]}
        expand={(report) => <Details report={report} />}
        empty={fa.noReports}
      />
      {running && (
        <FormModal<{ bank: Bank['code']; day?: Date | null }>
          title={fa.runReport}
          action={fa.run}
          initialValues={{ bank: banks[0]?.code }}
          submit={({ bank, day }) =>
            ok(
              api.POST('/api/v1/bank-reports', {
                body: { bank, day: day ? formatGregorian(day) : undefined },
              }),
            )
          }
          said={fa.reportRun}
          refresh={[['banks']]}
          onClose={() => setRunning(false)}
        >
          <Form.Item name="bank" label={fa.bank} rules={[required(fa.bank)]}>
            <Select options={options} />
          </Form.Item>
          <Form.Item name="day" label={fa.day} extra={fa.dayWhat}>
            <DatePicker format={dateFormat} maxDate={new Date()} style={{ width: '100%' }} />
          </Form.Item>
        </FormModal>
      )}
    </>
  );
}

/** A day of Tehran as an instant within it. */
const noonOf = (day: string): string => `${day}T08:30:00.000Z`;

function Details({ report: { states, differences, differenceCount } }: { report: Report }) {
  if (states.length === 0 && differences.length === 0) return fa.nothingThatDay;
  return (
    <Flex vertical gap="middle">
      <Table
        aria-label={fa.perState}
        rowKey="state"
        dataSource={states}
        columns={[
          { title: fa.state, render: ({ state }) => stateTitle(state) },
          { title: fa.count, render: ({ count }) => number(count) },
          { title: fa.amount, render: ({ amountRials }) => <Toman rials={amountRials} /> },
          { title: fa.gift, render: ({ giftRials }) => <Toman rials={giftRials} /> },
        ]}
      />
      {differences.length > 0 && (
        <Table
          aria-label={fa.differences}
          rowKey="id"
          dataSource={differences}
          columns={[
            { title: fa.topupId, render: ({ id }) => <bdi className="ltr">{id}</bdi> },
            { title: fa.ours, render: ({ ours }) => (ours === 'missing' ? fa.missing : stateTitle(ours)) },
            { title: fa.theirs, render: ({ theirs }) => theirsTitles[theirs] ?? theirs },
            { title: fa.amount, render: ({ amountRials }) => <Toman rials={amountRials} /> },
          ]}
        />
      )}
      {differenceCount > differences.length && fill(fa.firstOf, { shown: differences.length })}
    </Flex>
  );
}

const theirsTitles: Readonly<Record<string, string>> = {
  paid: fa.theirsPaid,
  settled: fa.theirsSettled,
  unpaid: fa.theirsUnpaid,
  reversed: fa.theirsReversed,
};

function stateTitle(state: string): string {
  return (topupStates as Readonly<Record<string, { title: string }>>)[state]?.title ?? state;
}
