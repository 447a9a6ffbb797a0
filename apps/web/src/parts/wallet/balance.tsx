import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Statistic, Tooltip } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { TomanInput, WholeToman } from '../../ui/amount';
import { FormModal } from '../../ui/form-modal';
import { Failure, isLost, Loading } from '../../ui/states';
import { fill, toman } from '../../ui/format';
import { limits, withinToman } from '../../ui/limits';
import fa from './fa.json';

type Wallet = Schemas['WalletDto'];

/** The own wallet, or that of a customer for an administrator. */
export function useWallet(customerId?: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: ['wallet', 'balance', customerId],
    queryFn: () => ok(api.GET('/api/v1/wallet', { params: { query: { customerId } } })),
  });
}

/** Posted, held and available credit. */
export function Balance({ customerId }: { customerId?: string }) {
  const { data, error, refetch } = useWallet(customerId);
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <BalanceCard wallet={data} own={customerId === undefined} />;
}

function BalanceCard({ wallet, own }: { wallet: Wallet; own: boolean }) {
  const { postedRials, heldRials, availableRials, alertRials } = wallet;
  const [alerting, setAlerting] = useState(false);
  const low = alertRials !== null && availableRials < alertRials;
  return (
    <Card>
      {low && (
        <Alert
          type="warning"
          showIcon
          title={fill(fa.lowCredit, { amount: toman(alertRials) })}
          style={{ marginBlockEnd: 16 }}
        />
      )}
      <Flex gap="large" wrap align="flex-end">
        <Statistic
          title={fa.available}
          valueRender={() => <WholeToman rials={availableRials} />}
          styles={{ content: { fontSize: 28, fontWeight: 600 } }}
        />
        <Tooltip title={fa.heldWhy}>
          <Statistic title={fa.held} valueRender={() => <WholeToman rials={heldRials} />} />
        </Tooltip>
        <Statistic title={fa.posted} valueRender={() => <WholeToman rials={postedRials} />} />
      </Flex>
      {own && (
        <Flex align="center" gap="small" wrap className="no-print" style={{ marginBlockStart: 16 }}>
          <span>{alertRials === null ? fa.alertOff : fill(fa.alertAt, { amount: toman(alertRials) })}</span>
          <Button onClick={() => setAlerting(true)}>{fa.alertChange}</Button>
        </Flex>
      )}
      {alerting && <AlertModal alertRials={alertRials} onClose={() => setAlerting(false)} />}
    </Card>
  );
}

function AlertModal({ alertRials, onClose }: { alertRials: number | null; onClose: () => void }) {
  return (
    <FormModal<{ alertRials?: number | null }>
      title={fa.alertTitle}
      action={fa.save}
      initialValues={{ alertRials }}
      submit={(wanted) =>
        ok(api.PUT('/api/v1/wallet/alert', { body: { alertRials: wanted.alertRials || null } }))
      }
      said={fa.alertSaved}
      refresh={[['wallet']]}
      onClose={onClose}
    >
      <Form.Item
        name="alertRials"
        label={fa.alertLabel}
        extra={fa.alertExtra}
        rules={[withinToman(limits.WalletAlertDto.alertRials)]}
      >
        <TomanInput autoFocus />
      </Form.Item>
    </FormModal>
  );
}
