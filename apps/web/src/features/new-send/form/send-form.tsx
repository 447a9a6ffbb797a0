import { SendOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useSay } from '../../../ui/toasts';
import { useAccount } from '../../../api/use-session';
import { fill } from '../../../ui/format';
import { FormError } from '../../../ui/form-error';
import { useConfirm } from '../../../ui/use-confirm';
import { required, useServerForm } from '../../../ui/use-form';
import { dropDraft, keepDraft, newKey, requestOf, usesUpKey } from '../draft';
import type { SendDraft } from '../draft';
import '../../../parts/sends/sends.css';
import fa from '../fa.json';
import type { RecipientsValue } from '../recipients/entries';
import { LineField } from './line-field';
import { RecipientsField } from './recipients-field';
import { SendFacts } from './send-facts';
import { SendSummary } from './send-summary';
import { SliceFields } from './slice-fields';
import { TextField } from '../../../parts/message-text/text-field';
import { askQuote } from '../../../parts/sends/use-quote';
import { draftOf, faultOf, recipientsOf, valuesOf } from './values';
import type { FormValues } from './values';
import { RepeatField, repeatRule, TimeField } from '../../../parts/sends/when-fields';

const fieldOf = {
  'recipients.numbers': 'recipients',
  'recipients.listId': 'recipients',
  'recipients.row': 'row',
  'recipients.count': 'count',
  'repeat.times': 'repeat',
} as const;

interface Props {
  readonly initial: SendDraft;
  readonly lines: readonly Schemas['LineDto'][];
  /** Begins again with an empty form. */
  readonly onClear: () => void;
}

/** The one form of every kind of send (SMS-002). */
export function SendForm({ initial, lines, onClear }: Props) {
  const { id: accountId } = useAccount();
  const key = useRef(initial.key);
  const [reused, setReused] = useState(false);
  const send = useSending(key);
  const { form, props, refusal, mutation } = useServerForm<FormValues, Schemas['SendDto'] | undefined>({
    submit: send,
    fields: fieldOf,
  });
  useEffect(() => {
    if (!mutation.error) return;
    const code = 'code' in mutation.error ? String(mutation.error.code) : '';
    setReused(code === 'idempotency.keyReused');
    if (usesUpKey(code)) key.current = newKey();
    keepDraft(accountId, draftOf(key.current, form.getFieldsValue(true) as FormValues));
  }, [mutation.error, accountId, form]);

  const sendAnew = (): void => {
    key.current = newKey();
    setReused(false);
    form.submit();
  };
  return (
    <Form<FormValues>
      {...props}
      initialValues={valuesOf(initial)}
      onValuesChange={(_changed, values) => {
        props.onValuesChange();
        keepDraft(
          accountId,
          draftOf(key.current, { ...(form.getFieldsValue(true) as FormValues), ...values }),
        );
      }}
      className="send-form"
    >
      <Card>
        <Form.Item
          name="recipients"
          label={fa.recipientList}
          required
          rules={[
            {
              validator: (_rule, recipients: RecipientsValue) =>
                recipients.entries.length > 0 || recipientsOf({ recipients })
                  ? Promise.resolve()
                  : Promise.reject(new Error(fa.recipientsMissing)),
            },
            {
              // Not while somebody is still adding.
              validateTrigger: 'onSubmit',
              validator: (_rule, recipients: RecipientsValue) => {
                const fault = faultOf(recipients);
                return fault ? Promise.reject(new Error(fault)) : Promise.resolve();
              },
            },
          ]}
        >
          <RecipientsField />
        </Form.Item>
        <SliceFields />
        <Form.Item
          noStyle
          shouldUpdate={(before: FormValues, now: FormValues) => before.lineId !== now.lineId}
        >
          {({ getFieldValue }) => (
            <Form.Item name="text" label={fa.text} rules={[{ ...required(fa.text), whitespace: true }]}>
              <TextField
                is66Char={lines.find(({ id }) => id === getFieldValue('lineId'))?.is66Char ?? false}
              />
            </Form.Item>
          )}
        </Form.Item>
        <Flex gap="0 24px" wrap>
          <Form.Item
            name="sendAt"
            label={fa.sendTime}
            rules={[
              {
                validator: (_rule, at?: Date) =>
                  at && at <= new Date() ? Promise.reject(new Error(fa.timePast)) : Promise.resolve(),
              },
            ]}
          >
            <TimeField />
          </Form.Item>
          <Form.Item name="repeat" label={fa.repeat} rules={[repeatRule]}>
            <RepeatField />
          </Form.Item>
        </Flex>
        <Form.Item
          noStyle
          shouldUpdate={(before: FormValues, now: FormValues) => before.sendAt !== now.sendAt}
        >
          {({ getFieldValue }) => (
            <Form.Item name="lineId" label={fa.line} rules={[required(fa.line)]}>
              <LineField lines={lines} sendAt={getFieldValue('sendAt') as Date | undefined} />
            </Form.Item>
          )}
        </Form.Item>
        <Form.Item name="title" label={fa.titleOf} style={{ marginBlockEnd: 0 }}>
          <Input maxLength={200} placeholder={fa.titleHint} />
        </Form.Item>
      </Card>
      <SendSummary lines={lines}>
        {reused ? (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={fa.alreadySent}
            description={<Link to="/sends">{fa.toSends}</Link>}
            action={<Button onClick={sendAnew}>{fa.sendAnyway}</Button>}
          />
        ) : (
          <FormError error={refusal} />
        )}
        <Flex gap="small" className="send-actions">
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            icon={<SendOutlined />}
            loading={mutation.isPending}
            style={{ flex: 1 }}
          >
            {fa.send}
          </Button>
          <Button size="large" onClick={onClear}>
            {fa.clear}
          </Button>
        </Flex>
      </SendSummary>
    </Form>
  );
}

/** Asks for the last price, then the person, then the API; leads to the send. Undefined: the person said no. */
function useSending(key: { readonly current: string }) {
  const { id: accountId } = useAccount();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const say = useSay();
  return async (values: FormValues): Promise<Schemas['SendDto'] | undefined> => {
    const recipients = recipientsOf(values);
    const { lineId, text } = values;
    if (!recipients || !lineId) return undefined;
    const quote = await askQuote({ lineId, text, recipients });
    const isSure = await confirm({
      title: fa.sureSend,
      content: <SendFacts quote={quote} values={values} />,
      action: fill(values.sendAt ? fa.sendLater : fa.sendCount, { count: quote.recipients }),
    });
    if (!isSure) return undefined;
    const send = await ok(
      api.POST('/api/v1/sends', {
        params: { header: { 'Idempotency-Key': key.current } },
        body: requestOf({ ...draftOf(key.current, values), lineId }, recipients),
      }),
    );
    dropDraft(accountId);
    queries.setQueryData(['sends', send.id], send);
    void queries.invalidateQueries({ queryKey: ['wallet'] });
    void queries.invalidateQueries({ queryKey: ['sends', 'list'] });
    say.success(fill(fa.accepted, { count: send.recipients }));
    await navigate(`/sends/${send.id}`);
    return send;
  };
}
