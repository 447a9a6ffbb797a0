import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { FormError } from './form-error';
import { required, useServerForm } from './use-form';
import { persianCount } from './inputs';
import fa from '../i18n/fa.json';

interface Props {
  /** The verb: on the button that opens the question, and on the one that does it. */
  readonly action: string;
  readonly title: string;
  readonly content?: ReactNode;
  /** What is asked for: «دلیل». */
  readonly label: string;
  /** Letters. */
  readonly max?: number;
  readonly optional?: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly icon?: ReactNode;
  readonly act: (reason: string) => Promise<unknown>;
  readonly done?: () => void | Promise<unknown>;
}

/** A deed that needs its reason said: the window stays, with the text, where the server refuses it. */
export function ReasonButton({ action, danger = true, disabled, icon, ...question }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button danger={danger} disabled={disabled} icon={icon} onClick={() => setOpen(true)}>
        {action}
      </Button>
      {open && <ReasonModal action={action} danger={danger} {...question} onClose={() => setOpen(false)} />}
    </>
  );
}

function ReasonModal({
  action,
  title,
  content,
  label,
  max = 200,
  optional = false,
  danger,
  act,
  done,
  onClose,
}: Omit<Props, 'disabled' | 'icon'> & { readonly onClose: () => void }) {
  const { props, refusal, mutation } = useServerForm<{ reason?: string }, unknown>({
    submit: ({ reason = '' }) => act(reason.trim()),
    done: async () => {
      onClose();
      await done?.();
    },
    fields: { note: 'reason' },
  });
  return (
    <Modal
      open
      title={title}
      okText={action}
      cancelText={fa.cancel}
      okButtonProps={{ danger: danger ?? true, loading: mutation.isPending }}
      onOk={props.form.submit}
      onCancel={onClose}
    >
      {content}
      <FormError error={refusal} />
      <Form {...props}>
        <Form.Item
          name="reason"
          label={label}
          rules={optional ? [] : [{ ...required(label), whitespace: true }]}
        >
          <Input.TextArea
            autoFocus
            maxLength={max}
            showCount={persianCount}
            autoSize={{ minRows: 2, maxRows: 5 }}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
