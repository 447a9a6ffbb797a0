import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Flex, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { FormError } from '../../ui/form-error';
import { DatePicker, dateFormat } from '../../ui/date-picker';
import { NumberInput } from '../../ui/inputs';
import { required, useServerForm } from '../../ui/use-form';
import { useLines } from '../../parts/lines/use-lines';
import { curlLine } from './curl-line';
import { scopeTitles } from './words';
import { limits, within } from '../../ui/limits';
import fa from './fa.json';
import './account.css';

interface Values {
  readonly name: string;
  readonly scopes: Schemas['ApiKeyDraftDto']['scopes'];
  readonly addresses?: string[];
  readonly ratePerMinute?: number | null;
  readonly expiresAt?: Date | null;
}

/** Makes a key, then shows it this once. */
export function NewKey({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [made, setMade] = useState<Schemas['NewApiKeyDto']>();
  const close = (): void => {
    setMade(undefined);
    onClose();
  };
  return (
    <Modal
      open={open}
      title={made ? fa.keyMade : fa.newKey}
      footer={null}
      onCancel={close}
      // A touch beside the window must not take away what is shown once.
      mask={{ closable: false }}
      destroyOnHidden
    >
      {made ? <Made made={made} onDone={close} /> : <KeyForm onMade={setMade} onCancel={close} />}
    </Modal>
  );
}

function KeyForm({
  onMade,
  onCancel,
}: {
  onMade: (made: Schemas['NewApiKeyDto']) => void;
  onCancel: () => void;
}) {
  const queries = useQueryClient();
  const { props, refusal, mutation } = useServerForm({
    submit: ({ name, scopes, addresses, ratePerMinute, expiresAt }: Values) =>
      ok(
        api.POST('/api/v1/api-keys', {
          body: {
            name,
            scopes,
            ...(addresses?.length && { addresses }),
            ...(ratePerMinute && { ratePerMinute }),
            ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
          },
        }),
      ),
    done: (made) => {
      onMade(made);
      return queries.invalidateQueries({ queryKey: ['api-keys'] });
    },
  });
  return (
    <Form {...props} name="new-key">
      <FormError error={refusal} />
      <Form.Item name="name" label={fa.keyName} extra={fa.keyNameAbout} rules={[required(fa.keyName)]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="scopes" label={fa.scopes} rules={[required(fa.scopes)]}>
        <Checkbox.Group
          className="stack-choice"
          options={Object.entries(scopeTitles).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <Form.Item name="addresses" label={fa.addresses} extra={fa.addressesAbout}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',']} />
      </Form.Item>
      <Form.Item
        name="ratePerMinute"
        label={fa.rate}
        extra={fa.rateAbout}
        rules={[within(limits.ApiKeyDraftDto.ratePerMinute)]}
      >
        <NumberInput precision={0} />
      </Form.Item>
      <Form.Item name="expiresAt" label={fa.expires} extra={fa.expiresAbout}>
        <DatePicker format={dateFormat} minDate={new Date()} style={{ width: '100%' }} />
      </Form.Item>
      <Flex gap="small" justify="flex-end">
        <Button onClick={onCancel}>{fa.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.makeKey}
        </Button>
      </Flex>
    </Form>
  );
}

function Made({ made, onDone }: { made: Schemas['NewApiKeyDto']; onDone: () => void }) {
  const lines = useLines();
  const { scopes } = made.apiKey;
  const lineId = lines.data?.find(({ active }) => active)?.id;
  const curl = curlLine({ origin: window.location.origin, key: made.key, scopes, lineId, text: fa.curlText });
  return (
    <>
      <Alert type="warning" showIcon title={fa.keyOnce} style={{ marginBlockEnd: 16 }} />
      {[
        { title: fa.key, text: made.key },
        { title: fa.curl, text: curl },
      ].map(({ title, text }) => (
        <div key={title}>
          <strong>{title}</strong>
          <Typography.Text copyable={{ text, tooltips: [fa.copy, fa.copied] }} />
          <pre className="code-block" dir="ltr">
            {text}
          </pre>
        </div>
      ))}
      <Button type="primary" block onClick={onDone}>
        {fa.keyKept}
      </Button>
    </>
  );
}
