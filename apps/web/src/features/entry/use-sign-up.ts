import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ApiError, ok } from '../../api/client';
import { weakAtField } from '../../ui/new-password';
import { useServerForm } from '../../ui/use-form';
import type { Asked } from './code-entry';
import { useEnter } from './granted';
import { fieldsOfStep, lastStep, stepOf } from './sign-up-steps';

export interface SignUp {
  readonly plan: string;
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly repeat: string;
  readonly email?: string;
  readonly referralCode?: string;
  readonly mobile: string;
  readonly terms: boolean;
  readonly code: string;
}

/**
 * The sign-up of an SMS customer, step by step (IDN-031..033, IDN-215). The code comes last: it is good for two minutes,
 * and nothing is made before all is there. What the server refuses leads back to its step, with all that was typed.
 */
export function useSignUp() {
  const enter = useEnter();
  const [step, setStep] = useState(0);
  const [asked, setAsked] = useState<Asked & { readonly mobile: string }>();
  const terms = useQuery({ queryKey: ['terms'], queryFn: () => ok(api.GET('/api/v1/terms')) });
  const server = useServerForm({
    submit: ({ repeat: _repeat, terms: _terms, mobile: _mobile, email, referralCode, ...values }: SignUp) =>
      weakAtField(
        ok(
          api.POST('/api/v1/sign-ups', {
            body: {
              ...values,
              kind: 'sms_customer',
              requestId: asked?.requestId ?? '',
              termsVersion: terms.data?.version ?? 0,
              ...(email && { email }),
              ...(referralCode && { referralCode }),
            },
          }),
        ),
      ),
    done: enter,
  });
  const { form, mutation } = server;
  const ask = useMutation({
    mutationFn: (mobile: string) => ok(api.POST('/api/v1/sign-ups/codes', { body: { mobile } })),
    onSuccess: (answer, mobile) => {
      setAsked({ ...answer, mobile, at: Date.now() });
      form.setFieldValue('code', undefined);
      setStep(lastStep);
    },
  });
  const { error } = mutation;
  const { refetch } = terms;
  useEffect(() => {
    if (!(error instanceof ApiError)) return;
    const back = stepOf(error.fields.map(({ field }) => field));
    if (back !== undefined) setStep(back);
    if (error.code === 'terms.outdated') void refetch();
  }, [error, refetch]);

  const askCode = (): void => ask.mutate(form.getFieldValue('mobile') as string);
  /** Who went back to change something else needs no other code. */
  const hasCode = (): boolean =>
    asked !== undefined &&
    asked.mobile === form.getFieldValue('mobile') &&
    new Date(asked.expiresAt).getTime() > Date.now();
  const next = async (): Promise<void> => {
    const complete = await form.validateFields(fieldsOfStep(step)).then(
      () => true,
      () => false,
    );
    if (!complete || mutation.isPending || ask.isPending) return;
    if (step < lastStep - 1) setStep(step + 1);
    else if (step < lastStep && hasCode()) setStep(lastStep);
    else if (step < lastStep) askCode();
    else form.submit();
  };
  return {
    ...{ step, setStep, asked, form, next, askCode },
    props: server.props,
    busy: mutation.isPending,
    asking: ask.isPending,
    refusal: server.refusal ?? (ask.error instanceof ApiError ? ask.error : undefined),
  };
}
