import { toLatinDigits } from '@peyk/persian';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Form, Modal, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { FormError } from '../../ui/form-error';
import { digits, fill, time } from '../../ui/format';
import { LtrInput } from '../../ui/inputs';
import { required, useServerForm } from '../../ui/use-form';
import fa from './fa.json';

interface Props {
  /** The present one, masked. */
  readonly mobile: string;
  readonly onClose: () => void;
}

/** The own mobile, changed by a code to the present one and one to the new. */
export function MobileWindow({ mobile, onClose }: Props) {
  const [asked, setAsked] = useState<Schemas['OwnMobileRequestedDto']>();
  return (
    <Modal
      open
      title={fa.changeMobile}
      footer={null}
      onCancel={onClose}
      width={420}
      mask={{ closable: false }}
    >
      {asked ? (
        <Codes asked={asked} onBack={() => setAsked(undefined)} onDone={onClose} />
      ) : (
        <NewMobile mobile={mobile} onAsked={setAsked} />
      )}
    </Modal>
  );
}

function NewMobile({
  mobile,
  onAsked,
}: {
  readonly mobile: string;
  readonly onAsked: (asked: Schemas['OwnMobileRequestedDto']) => void;
}) {
  const { props, refusal, mutation } = useServerForm({
    submit: (body: { readonly mobile: string }) => ok(api.POST('/api/v1/me/mobile/codes', { body })),
    done: onAsked,
  });
  return (
    <Form {...props} name="new-mobile">
      <Typography.Paragraph>
        {fill(fa.changeMobileAbout, { mobile: `\u2066${digits(mobile)}\u2069` })}
      </Typography.Paragraph>
      <FormError error={refusal} />
      <Form.Item name="mobile" label={fa.newMobile} rules={[required(fa.newMobile)]} extra={fa.oldLost}>
        <LtrInput type="tel" inputMode="tel" autoComplete="off" maxLength={30} autoFocus />
      </Form.Item>
      <Flex justify="flex-end">
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.sendCodes}
        </Button>
      </Flex>
    </Form>
  );
}

function Codes({
  asked,
  onBack,
  onDone,
}: {
  readonly asked: Schemas['OwnMobileRequestedDto'];
  readonly onBack: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const queries = useQueryClient();
  const { oldRequestId, newRequestId, oldMobile, expiresAt } = asked;
  const { props, refusal, mutation } = useServerForm({
    submit: (codes: { readonly oldCode: string; readonly newCode: string }) =>
      ok(api.PUT('/api/v1/me/mobile', { body: { ...codes, oldRequestId, newRequestId } })),
    done: async () => {
      say.success(fa.mobileChanged);
      onDone();
      await queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
  const code = (name: 'oldCode' | 'newCode', label: string, autoFocus = false) => (
    <Form.Item
      name={name}
      label={label}
      normalize={(typed: string) => toLatinDigits(typed).replace(/\D/g, '')}
      rules={[required(label)]}
    >
      <LtrInput inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus={autoFocus} />
    </Form.Item>
  );
  return (
    <Form {...props} name="mobile-codes">
      <Typography.Paragraph role="status">
        {fill(fa.codesSent, { time: time(expiresAt) })}
      </Typography.Paragraph>
      <FormError error={refusal} />
      {code('oldCode', fill(fa.oldCode, { mobile: `\u2066${digits(oldMobile)}\u2069` }), true)}
      {code('newCode', fa.newCode)}
      <Flex gap="small" justify="flex-end" wrap>
        <Button onClick={onBack}>{fa.otherMobile}</Button>
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.saveMobile}
        </Button>
      </Flex>
    </Form>
  );
}
