import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { api, ApiError, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { weakAtField } from '../../ui/new-password';
import { useServerForm } from '../../ui/use-form';
import { useEnter } from './granted';
import { dropSignUp, keepSignUp, reachOf, storedSignUp } from './sign-up-draft';
import type { SignUpDraft } from './sign-up-draft';
import {
  fieldsOfStep,
  lastStep,
  passwordFields,
  personStep,
  stepAddress,
  stepNamed,
  stepOf,
} from './sign-up-steps';

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
  readonly remember?: boolean;
}

/** What a step asks the server for. */
type Deed = 'check' | 'ask' | 'finish';
interface Answer {
  readonly asked?: Schemas['CodeRequestedDto'];
  readonly entered?: Schemas['SignedInDto'];
}

/** Of an address of this form in the history: `inside`, the one before is of it too; `lost`, it was sent back here. */
export interface StepState {
  readonly inside?: boolean;
  readonly lost?: boolean;
}

/**
 * The sign-up of an SMS customer, step by step (IDN-031..033, IDN-215), each with an address of its own. All is checked
 * before a code is sent. The code comes last: it is good for two minutes, and nothing is made before all is there. What
 * the server refuses leads back to its step, with all that was typed; a refresh forgets nothing but the password.
 */
export function useSignUp() {
  const enter = useEnter();
  const navigate = useNavigate();
  const state = useLocation().state as StepState | null;
  const [search] = useSearchParams();
  const step = stepNamed(useParams()['step']);
  const [draft, setDraft] = useState<SignUpDraft>(() => {
    const [plan, referralCode] = [search.get('plan'), search.get('ref')];
    return { ...storedSignUp(), ...(plan && { plan }), ...(referralCode && { referralCode }) };
  });
  const [initial] = useState(draft);
  // A step whose steps before are not filled in, as from a bookmark, is not shown.
  const reach = reachOf(draft);
  const isLost = step === undefined || step > reach;
  const at = Math.min(step ?? 0, reach);
  /** The password was typed since this page was loaded. */
  const [hasPassword, setHasPassword] = useState(false);
  const passwordAt = hasPassword ? personStep : Math.max(at, personStep);
  const terms = useQuery({ queryKey: ['terms'], queryFn: () => ok(api.GET('/api/v1/terms')) });

  const keep = (change: SignUpDraft): void => {
    const next = { ...draft, ...change };
    setDraft(next);
    keepSignUp(next);
  };
  const server = useServerForm({
    submit: ({ deed, ...values }: SignUp & { readonly deed: Deed }) =>
      weakAtField(call(deed, values, terms.data?.version ?? 0, draft.asked?.requestId ?? '')),
    done: async ({ asked, entered }: Answer, { mobile }) => {
      if (entered) {
        dropSignUp();
        return enter(entered);
      }
      if (asked) {
        keep({ asked: { ...asked, mobile, at: Date.now() } });
        form.setFieldValue('code', undefined);
      }
      setHasPassword(true);
      const to = asked ? lastStep : at + 1;
      if (to !== at) await go(to);
    },
  });
  const { form, mutation } = server;
  const go = (to: number): void | Promise<void> =>
    navigate(stepAddress(to), { state: { inside: true } satisfies StepState });

  useEffect(() => {
    if (!isLost) return;
    // What a link to `/sign-up` brought, before its address is left.
    keepSignUp(draft);
    const lost: StepState = step === undefined ? {} : { lost: true };
    void navigate(stepAddress(step === undefined ? 0 : reach), { replace: true, state: lost });
  }, [isLost, step, reach, draft, navigate]);

  const { error } = mutation;
  const { refetch } = terms;
  useEffect(() => {
    if (!(error instanceof ApiError)) return;
    const back = stepOf(error.fields.map(({ field }) => field));
    if (back !== undefined && stepNamed(window.location.pathname.split('/').pop()) !== back)
      void navigate(stepAddress(back), { state: { inside: true } satisfies StepState });
    if (error.code === 'terms.outdated') void refetch();
  }, [error, refetch, navigate]);

  const isComplete = (fields: readonly string[]): Promise<boolean> =>
    form.validateFields([...fields]).then(
      () => true,
      () => false,
    );
  const send = (deed: Deed): void => {
    server.props.onFinish({ ...(form.getFieldsValue(true) as SignUp), deed });
  };
  /** Who went back to change something else needs no other code. */
  const hasCode = (): boolean =>
    draft.asked !== undefined &&
    draft.asked.mobile === form.getFieldValue('mobile') &&
    new Date(draft.asked.expiresAt).getTime() > Date.now();
  const askCode = async (): Promise<void> => {
    if (await isComplete(passwordFields)) send('ask');
  };
  const next = async (): Promise<void> => {
    const fields = [...fieldsOfStep(at), ...(passwordAt === at ? passwordFields : [])];
    if (!(await isComplete(fields)) || mutation.isPending) return;
    if (at === lastStep) send('finish');
    else if (at < personStep || (at === lastStep - 1 && hasCode())) await go(at + 1);
    else send(at === lastStep - 1 ? 'ask' : 'check');
  };
  const back = (): void =>
    void (state?.inside ? navigate(-1) : navigate(stepAddress(at - 1), { replace: true }));
  return {
    ...{ step: at, wasLost: state?.lost ?? false, passwordAt, asked: draft.asked, initial },
    ...{ form, next, back, askCode },
    props: {
      ...server.props,
      onValuesChange: (_changed: object, values: SignUpDraft): void => {
        server.props.onValuesChange();
        keep(values);
      },
    },
    busy: mutation.isPending,
    refusal: server.refusal,
  };
}

async function call(deed: Deed, values: SignUp, termsVersion: number, requestId: string): Promise<Answer> {
  const { plan, name, username, password, email, referralCode, mobile, code, remember } = values;
  const body = {
    ...{ kind: 'sms_customer' as const, plan, name, username, password },
    ...(email && { email }),
    ...(referralCode && { referralCode }),
  };
  switch (deed) {
    case 'check':
      await ok(api.POST('/api/v1/sign-ups/checks', { body }));
      return {};
    case 'ask':
      return {
        asked: await ok(api.POST('/api/v1/sign-ups/codes', { body: { ...body, mobile, termsVersion } })),
      };
    case 'finish':
      return {
        entered: await ok(
          api.POST('/api/v1/sign-ups', {
            body: { ...body, requestId, code, termsVersion, ...(remember !== undefined && { remember }) },
          }),
        ),
      };
  }
}
