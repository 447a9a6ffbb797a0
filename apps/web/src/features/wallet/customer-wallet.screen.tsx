import { Button, Flex, Segmented } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useAccountName } from '../../ui/account-picker';
import { LinkButton } from '../../ui/link-button';
import { useListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { Balance } from '../../parts/wallet/balance';
import { Statement, StatementActions } from '../../parts/wallet/statement';
import { TopupList } from '../../parts/topups/topup-list';
import { CorrectionList } from '../../parts/corrections/correction-list';
import { CorrectionModal } from '../../parts/corrections/correction-modal';
import { CustomerLevel } from './customer-level';
import fa from './fa.json';

/** The wallet of a customer: statement, top-ups, corrections, level and its history. */
export function CustomerWalletScreen() {
  const { customerId = '' } = useParams();
  const name = useAccountName(customerId);
  const { filters, set } = useListState();
  const [correcting, setCorrecting] = useState(false);
  const tab = filters['tab'] ?? 'statement';
  // Filters of one list say nothing in another.
  const open = (next: string): void =>
    set({
      ...Object.fromEntries(Object.keys(filters).map((key) => [key, undefined])),
      tab: next === 'statement' ? undefined : next,
    });
  const parts = [
    { key: 'statement', label: fa.statement, show: <Statement customerId={customerId} /> },
    {
      key: 'topups',
      label: fa.topupsShort,
      show: <TopupList customerId={customerId} empty={fa.noTopups} />,
    },
    { key: 'corrections', label: fa.corrections, show: <CorrectionList customerId={customerId} /> },
    { key: 'level', label: fa.level, show: <CustomerLevel customerId={customerId} /> },
  ];
  return (
    <Page
      title={name ?? fa.wallet}
      about={name && fa.wallet}
      extra={
        <>
          <Button onClick={() => setCorrecting(true)}>{fa.addCorrection}</Button>
          {tab === 'statement' && <StatementActions customerId={customerId} />}
          <LinkButton to={`/people/${customerId}`}>{fa.toAccount}</LinkButton>
        </>
      }
    >
      <Flex vertical gap="middle">
        <Balance customerId={customerId} />
        <Segmented
          aria-label={fa.parts}
          value={tab}
          onChange={open}
          options={parts.map(({ key, label }) => ({ value: key, label }))}
          style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
        />
        {parts.find(({ key }) => key === tab)?.show}
      </Flex>
      {correcting && <CorrectionModal customerId={customerId} onClose={() => setCorrecting(false)} />}
    </Page>
  );
}
