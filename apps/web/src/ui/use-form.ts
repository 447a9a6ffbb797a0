import { useMutation } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import { Form } from 'antd';
import type { FormInstance } from 'antd';
import { useState } from 'react';
import { ApiError } from '../api/client';
import fa from '../i18n/fa.json';
import { fill } from './format';

interface Options<Values, Answer> {
  /** Sends the values. What it throws is shown at the form; the form keeps its text. */
  readonly submit: (values: Values) => Promise<Answer>;
  readonly done?: (answer: Answer, values: Values) => void | Promise<unknown>;
  /** Where the API's name of a field is not that of the form: API path -> form path. */
  readonly fields?: Readonly<Record<string, string | readonly (string | number)[]>>;
}

export interface ServerForm<Values, Answer> {
  readonly form: FormInstance<Values>;
  /** For `<Form {...props}>`. */
  readonly props: {
    readonly form: FormInstance<Values>;
    readonly layout: 'vertical';
    readonly onFinish: (values: Values) => void;
    readonly onValuesChange: () => void;
  };
  /** What the server says of the whole form, for a {@link FormError}; words at a field are not repeated here. */
  readonly refusal: ApiError | undefined;
  readonly mutation: UseMutationResult<Answer, Error, Values>;
}

/** A form whose refusals stand at their fields, in Persian (WEB-204). */
export function useServerForm<Values extends object, Answer>({
  submit,
  done,
  fields = {},
}: Options<Values, Answer>): ServerForm<Values, Answer> {
  const [form] = Form.useForm<Values>();
  const [refusal, setRefusal] = useState<ApiError>();
  const mutation = useMutation<Answer, Error, Values>({
    mutationFn: submit,
    onSuccess: (answer, values) => done?.(answer, values),
    onError: (error) => {
      const refused = error instanceof ApiError ? error : new ApiError('internal', String(error), 0);
      const placed = refused.fields.flatMap(({ field, message }) => {
        const name = fields[field] ?? pathOf(field);
        // A field that the form does not show cannot carry the message.
        return form.getFieldInstance(name) ? [{ name: name as never, errors: [message] }] : [];
      });
      form.setFields(placed);
      const [first] = placed;
      if (first) form.scrollToField(first.name, { block: 'center', focus: true });
      setRefusal(placed.length === refused.fields.length && placed.length > 0 ? undefined : refused);
    },
  });
  return {
    form,
    refusal,
    mutation,
    props: {
      form,
      layout: 'vertical',
      onFinish: (values) => {
        // Its fields stay enabled while it is sent: a disabled field would lose the focus.
        if (mutation.isPending) return;
        setRefusal(undefined);
        mutation.mutate(values);
      },
      onValuesChange: () => setRefusal(undefined),
    },
  };
}

/** `recipients.numbers[3]` -> ['recipients', 'numbers', 3]. */
function pathOf(field: string): (string | number)[] {
  return field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** The rule of a required field, with the words that say what is missing. */
export function required(what: string): { required: true; message: string } {
  return { required: true, message: fill(fa.required, { what }) };
}
