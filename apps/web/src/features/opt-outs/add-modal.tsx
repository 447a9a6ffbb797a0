import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Typography } from 'antd';
import type { Schemas } from '../../api/client';
import { FormError } from '../../ui/form-error';
import { fill, number } from '../../ui/format';
import { Table } from '../../ui/table';
import { required, useServerForm } from '../../ui/use-form';
import fa from './fa.json';

const numbersMax = 1_000;
type Result = Schemas['OptOutResultDto'];
const outcomes: Readonly<Record<Result['outcome'], string>> = {
  added: fa.outcomeAdded,
  known: fa.outcomeKnown,
  invalid: fa.outcomeInvalid,
};

interface Props {
  readonly title: string;
  readonly about: string;
  readonly send: (body: Schemas['OptOutsAddDto']) => Promise<Schemas['OptOutsAddedDto']>;
  readonly refresh: readonly string[];
  readonly onClose: () => void;
}

function numbersOf(text: string): string[] {
  return text
    .split(/[\n,،;]+/)
    .map((each) => each.trim())
    .filter(Boolean);
}

/** One number or many; then what became of each. */
export function AddModal({ title, about, send, refresh, onClose }: Props) {
  const queries = useQueryClient();
  const { form, props, refusal, mutation } = useServerForm({
    submit: ({ numbers, note }: { readonly numbers: string; readonly note?: string }) =>
      send({
        numbers: numbersOf(numbers).map((each) => each.slice(0, 30)),
        ...(note?.trim() && { note: note.trim() }),
      }),
    done: () => queries.invalidateQueries({ queryKey: [...refresh] }),
  });
  const answer = mutation.data;
  return (
    <Modal
      open
      title={title}
      okText={answer ? fa.close : title}
      onOk={answer ? onClose : form.submit}
      okButtonProps={{ loading: mutation.isPending }}
      onCancel={onClose}
      footer={(_all, { OkBtn, CancelBtn }) => (
        <>
          {!answer && <CancelBtn />}
          <OkBtn />
        </>
      )}
      mask={{ closable: false }}
    >
      {answer ? (
        <>
          <Typography.Paragraph role="status">
            {fill(fa.added, { added: number(answer.added), all: number(answer.results.length) })}
          </Typography.Paragraph>
          <Table<Result & { readonly at: number }>
            aria-label={fa.outcome}
            rowKey="at"
            maxHeight={360}
            dataSource={answer.results.map((result, at) => ({ ...result, at }))}
            columns={[
              { title: fa.number, render: ({ given }) => <bdi className="ltr numbers">{given}</bdi> },
              { title: fa.outcome, render: ({ outcome }) => outcomes[outcome] },
            ]}
          />
        </>
      ) : (
        <Form {...props}>
          <FormError error={refusal} />
          <Form.Item
            name="numbers"
            label={fa.numbers}
            extra={fill(about, { max: number(numbersMax) })}
            rules={[
              required(fa.numbers),
              {
                validator: (_rule, value: string | undefined) => {
                  const count = numbersOf(value ?? '').length;
                  return count <= numbersMax
                    ? Promise.resolve()
                    : Promise.reject(
                        new Error(fill(fa.tooMany, { count: number(count), max: number(numbersMax) })),
                      );
                },
              },
            ]}
          >
            <Input.TextArea dir="ltr" autoFocus autoSize={{ minRows: 4, maxRows: 10 }} />
          </Form.Item>
          <Form.Item name="note" label={fa.note} extra={fa.noteHelp}>
            <Input maxLength={200} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
