import type { Schemas } from '../../api/client';

export type Notice = { readonly to: string } & (
  | { readonly kind: 'noCredit' | 'requests' | 'corrections' }
  | { readonly kind: 'lowCredit'; readonly rials: number }
  | { readonly kind: 'refused'; readonly title: string; readonly code: string }
  | { readonly kind: 'waits'; readonly title: string; readonly until: string }
  | { readonly kind: 'paused'; readonly title: string }
  | { readonly kind: 'linkDown'; readonly name: string }
);

type Send = Pick<
  Schemas['SendDto'],
  'id' | 'title' | 'text' | 'state' | 'refusal' | 'waitsUntil' | 'createdAt' | 'finishedAt'
>;

interface Known {
  readonly wallet: Pick<Schemas['WalletDto'], 'availableRials' | 'alertRials'> | undefined;
  readonly sends: readonly Send[] | undefined;
  readonly links: readonly Pick<Schemas['LinkDto'], 'id' | 'name' | 'binds'>[] | undefined;
  /** Open ones; what they say is not needed. */
  readonly requests: readonly unknown[] | undefined;
  readonly corrections: readonly unknown[] | undefined;
  readonly now: Date;
}

/** That something was refused or missed is news for a day. */
const newsMs = 86_400_000;
const eachMax = 3;

/** What wants a person, the most pressing first. What is not known yet gives nothing. */
export function noticesOf({
  wallet,
  sends = [],
  links = [],
  requests = [],
  corrections = [],
  now,
}: Known): readonly Notice[] {
  const named = ({ id, title, text }: Send) => ({ to: `/sends/${id}`, title: title || text.slice(0, 60) });
  return [
    ...links
      .filter(({ binds }) => binds.length > 0 && binds.every(({ state }) => state !== 'bound'))
      .map(({ id, name }) => ({ kind: 'linkDown' as const, to: `/sms/links/${id}`, name })),
    ...credit(wallet),
    ...sends
      .filter(
        ({ state, createdAt, finishedAt }) =>
          (state === 'refused' || state === 'missed') &&
          // A scheduled one was accepted long before its time.
          now.getTime() - new Date(finishedAt ?? createdAt).getTime() < newsMs,
      )
      .slice(0, eachMax)
      .map((send) => ({ kind: 'refused' as const, ...named(send), code: send.refusal ?? '' })),
    ...sends
      .filter(({ state }) => state === 'paused')
      .slice(0, eachMax)
      .map((send) => ({ kind: 'paused' as const, ...named(send) })),
    ...sends
      .flatMap((send) =>
        send.waitsUntil && send.state !== 'paused'
          ? [{ kind: 'waits' as const, ...named(send), until: send.waitsUntil }]
          : [],
      )
      .slice(0, eachMax),
    ...(requests.length > 0 ? [{ kind: 'requests' as const, to: '/reseller/requests' }] : []),
    ...(corrections.length > 0 ? [{ kind: 'corrections' as const, to: '/money/corrections' }] : []),
  ];
}

function credit(wallet: Known['wallet']): Notice[] {
  if (!wallet) return [];
  const { availableRials, alertRials } = wallet;
  if (availableRials <= 0) return [{ kind: 'noCredit', to: '/wallet' }];
  if (alertRials !== null && availableRials < alertRials)
    return [{ kind: 'lowCredit', to: '/wallet', rials: availableRials }];
  return [];
}
