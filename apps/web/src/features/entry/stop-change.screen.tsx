import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Result, Typography } from 'antd';
import { useLocation } from 'react-router';
import { api, ok } from '../../api/client';
import { fill } from '../../ui/format';
import { FormError } from '../../ui/form-error';
import { LinkButton } from '../../ui/link-button';
import { Narrow } from './narrow';
import fa from './fa.json';

const fields = {
  mobile: fa.stopMobile,
  email: fa.stopEmail,
  nationalCode: fa.stopNationalCode,
  password: fa.stopPassword,
} as const;

/**
 * Where the link of a message leads that says what somebody else changed. The token is the address's fragment, which no
 * server sees. One click is asked for: what opens links by itself (a mail scanner) stops nothing.
 */
export function StopChangeScreen() {
  const token = useLocation().hash.slice(1);
  const stop = useMutation({
    mutationFn: () => ok(api.POST('/api/v1/contact-changes/stop', { body: { token } })),
  });
  if (stop.data)
    return (
      <Narrow title={fa.stopTitle}>
        <Result
          status="success"
          title={fill(fa.stopDone, { what: fields[stop.data.field] })}
          subTitle={fa.stopDoneNext}
          extra={<LinkButton to="/forgot-password">{fa.stopNewPassword}</LinkButton>}
        />
      </Narrow>
    );
  return (
    <Narrow title={fa.stopTitle}>
      <Card>
        {token === '' ? (
          <Alert type="error" showIcon title={fa.stopNoToken} />
        ) : (
          <>
            <Typography.Paragraph>{fa.stopAbout}</Typography.Paragraph>
            <FormError error={stop.error} />
            <Button type="primary" danger block loading={stop.isPending} onClick={() => stop.mutate()}>
              {fa.stopAct}
            </Button>
          </>
        )}
      </Card>
    </Narrow>
  );
}
