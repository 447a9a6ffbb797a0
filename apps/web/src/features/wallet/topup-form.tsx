import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Flex, Form, Radio, Row } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { TomanInput } from '../../ui/amount';
import { FormError } from '../../ui/form-error';
import { Failure, isLost, Loading } from '../../ui/states';
import { fill, number, toman } from '../../ui/format';
import { isWithin, withinToman } from '../../ui/limits';
import { required, useServerForm } from '../../ui/use-form';
import { useOnceKey } from '../../ui/use-once-key';
import { GiftQuote, TierTable } from './gift';
import fa from './fa.json';

type Topup = Schemas['TopupDto'];
interface Values {
  readonly amountRials: number;
  readonly bank: Topup['bank'];
}
const quickTomans = [50_000, 100_000, 500_000, 1_000_000, 2_000_000] as const;

export function TopupForm() {
  const banks = useQuery({ queryKey: ['banks'], queryFn: () => ok(api.GET('/api/v1/banks')) });
  const once = useOnceKey();
  const [refused, setRefused] = useState<Topup>();
  const { form, props, refusal, mutation } = useServerForm<Values, Topup>({
    submit: ({ amountRials, bank }) => {
      setRefused(undefined);
      const terms = { amountToman: amountRials / 10, bank };
      return ok(api.POST('/api/v1/topups', { body: { ...terms, idempotencyKey: once.keyOf(terms) } }));
    },
    done: (topup) => {
      once.renew();
      // The bank's page takes the place of the panel; people come back by its own way (BIL-011).
      if (topup.payUrl) window.location.assign(topup.payUrl);
      else setRefused(topup);
    },
    fields: { amountToman: 'amountRials' },
  });
  const amountRials = Form.useWatch('amountRials', form) ?? 0;
  if (isLost(banks.error, banks.data))
    return <Failure error={banks.error} onRetry={() => void banks.refetch()} />;
  if (!banks.data) return <Loading />;
  const bounds = { min: banks.data.topupMinRials, max: banks.data.topupMaxRials };
  const open = banks.data.banks.filter(({ enabled, configured }) => enabled && configured);
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={12}>
        <Card>
          <FormError error={refusal} />
          {refused && (
            <Alert
              type="error"
              showIcon
              role="alert"
              title={refused.message}
              style={{ marginBlockEnd: 16 }}
            />
          )}
          <Form {...props} initialValues={{ bank: open[0]?.code }}>
            <Form.Item
              name="amountRials"
              label={fa.amount}
              extra={fill(fa.topupBounds, { min: toman(bounds.min), max: toman(bounds.max) })}
              rules={[required(fa.amount), withinToman(bounds), { validator: wholeTomans }]}
            >
              <TomanInput size="large" precision={0} autoFocus />
            </Form.Item>
            <Flex gap="small" wrap role="group" aria-label={fa.quickAmounts} style={{ marginBlockEnd: 24 }}>
              {quickTomans
                .filter((amount) => isWithin(amount * 10, bounds))
                .map((amount) => (
                  <Button
                    key={amount}
                    onClick={() => {
                      form.setFieldValue('amountRials', amount * 10);
                      void form.validateFields(['amountRials']);
                    }}
                  >
                    {number(amount)}
                  </Button>
                ))}
            </Flex>
            <Form.Item name="bank" label={fa.bank} rules={[required(fa.bank)]}>
              <Radio.Group style={{ width: '100%' }}>
                <Flex vertical gap="small">
                  {banks.data.banks.map(({ code, title, enabled, configured }) => (
                    <Radio key={code} value={code} disabled={!enabled || !configured}>
                      {enabled && configured ? title : fill(fa.bankOff, { bank: title })}
                    </Radio>
                  ))}
                </Flex>
              </Radio.Group>
            </Form.Item>
            {open.length === 0 && (
              <Alert type="warning" showIcon title={fa.noBank} style={{ marginBlockEnd: 16 }} />
            )}
            <Button
              type="primary"
              size="large"
              block
              htmlType="submit"
              disabled={open.length === 0}
              loading={mutation.isPending || Boolean(mutation.data?.payUrl)}
            >
              {fa.pay}
            </Button>
          </Form>
        </Card>
      </Col>
      <Col xs={24} lg={12}>
        <Flex vertical gap="middle">
          <GiftQuote amountRials={amountRials} bounds={bounds} />
          <TierTable amountRials={amountRials} />
        </Flex>
      </Col>
    </Row>
  );
}

async function wholeTomans(_rule: unknown, rials: number | null | undefined): Promise<void> {
  if (typeof rials === 'number' && rials % 10 !== 0) throw new Error(fa.wholeTomans);
}
