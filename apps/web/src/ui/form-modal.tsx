import { useQueryClient } from '@tanstack/react-query';
import { Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useSay } from './toasts';
import { FormError } from './form-error';
import { useServerForm } from './use-form';
import fa from '../i18n/fa.json';

interface Props<Values> {
  readonly title: string;
  /** The verb on the button. */
  readonly action: string;
  readonly initialValues?: Partial<Values>;
  readonly submit: (values: Values) => Promise<unknown>;
  readonly said: string | ((values: Values) => string);
  readonly refresh: readonly (readonly unknown[])[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly width?: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a window: stays open, with what was typed, while the server refuses it. */
export function FormModal<Values extends object>({
  title,
  action,
  initialValues,
  submit,
  said,
  refresh,
  fields,
  width,
  onClose,
  children,
}: Props<Values>) {
  const say = useSay();
  const queries = useQueryClient();
  const { form, props, refusal, mutation } = useServerForm<Values, unknown>({
    submit,
    done: async (_answer, values) => {
      onClose();
      say.success(typeof said === 'string' ? said : said(values));
      await Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })));
    },
    fields,
  });
  return (
    <Modal
      open
      title={title}
      width={width}
      okText={action}
      cancelText={fa.cancel}
      onOk={form.submit}
      okButtonProps={{ loading: mutation.isPending }}
      onCancel={onClose}
      // A touch beside the window must not take away what was typed.
      mask={{ closable: false }}
    >
      <FormError error={refusal} />
      <Form {...props} initialValues={initialValues} autoComplete="off">
        {children}
      </Form>
    </Modal>
  );
}
