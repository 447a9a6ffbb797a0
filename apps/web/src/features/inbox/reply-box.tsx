import { SendOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Form, Input } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { FormError } from '../../ui/form-error';
import { fill, number, toman } from '../../ui/format';
import { persianCount } from '../../ui/inputs';
import { useServerForm } from '../../ui/use-form';
import { useOnceKey } from '../../ui/use-once-key';
import { useQuote } from '../../parts/sends/use-quote';
import fa from './fa.json';

const textMax = 1_000;

interface Values {
  readonly text?: string;
}

/** Answers the number over the line that it wrote to: a send like any other, priced before and done once. */
export function ReplyBox({ thread, to }: { thread: Schemas['ThreadDto']; to: string }) {
  const say = useSay();
  const queries = useQueryClient();
  const { keyOf, renew } = useOnceKey();
  const wantedOf = (text: string) => ({ lineId: thread.lineId, text, recipients: { numbers: [to] } });
  const { form, props, refusal, mutation } = useServerForm<Values, unknown>({
    submit: ({ text = '' }) => {
      const body = { ...wantedOf(text), lane: 'transactional' as const };
      return ok(api.POST('/api/v1/sends', { body: { ...body, idempotencyKey: keyOf(body) } }));
    },
    done: async () => {
      renew();
      form.resetFields();
      say.success(fa.replied);
      await Promise.all(
        [['inbox', 'thread', thread.id], ['sends', 'list'], ['wallet']].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  const text = Form.useWatch('text', form) ?? '';
  const isEmpty = text.trim() === '';
  const { data: quote } = useQuote(isEmpty ? undefined : wantedOf(text));
  return (
    <Form {...props} className="chat-reply no-print" aria-label={fa.replyTo}>
      <FormError error={refusal} />
      <Form.Item name="text" label={fa.replyTo} style={{ marginBlockEnd: 8 }}>
        <Input.TextArea
          maxLength={textMax}
          showCount={persianCount}
          autoSize={{ minRows: 2, maxRows: 6 }}
          placeholder={fa.replyPlaceholder}
        />
      </Form.Item>
      <Flex justify="space-between" align="center" gap="small" wrap>
        <span aria-live="polite">
          {!isEmpty && quote
            ? fill(quote.enough ? fa.replyPrice : fa.replyTooDear, {
                parts: number(quote.parts),
                price: toman(quote.totalRials),
              })
            : ''}
        </span>
        <Button
          type="primary"
          htmlType="submit"
          icon={<SendOutlined />}
          disabled={isEmpty}
          loading={mutation.isPending}
        >
          {fa.reply}
        </Button>
      </Flex>
    </Form>
  );
}
