import { DomainError, errorCodes } from '@peyk/contracts';
import { PoisonError, attemptOf, mayPass, sendersHeaders } from './consumer';

type Properties = Parameters<typeof attemptOf>[0]['properties'];
const withHeaders = (headers: Record<string, unknown> | undefined): { properties: Properties } => ({
  properties: { headers } as Properties,
});

describe(mayPass, () => {
  it('tries again what is unknown or away', () => {
    for (const error of [
      new Error('connection lost'),
      'a string',
      undefined,
      new DomainError('service.unavailable'),
    ])
      expect(mayPass(error)).toBe(true);
  });

  it('does not try again what will be refused again', () => {
    expect(mayPass(new PoisonError('no'))).toBe(false);
    const passing = errorCodes.filter((code) => mayPass(new DomainError(code)));
    expect(passing).toEqual(expect.arrayContaining(['service.unavailable', 'internal', 'rate.limited']));
    for (const code of [
      'input.invalid',
      'access.denied',
      'hold.notFound',
      'hold.conflict',
      'send.wrongState',
    ] as const)
      expect(passing).not.toContain(code);
  });
});

describe(attemptOf, () => {
  it('is 1 for a first delivery and for a header that is no number', () => {
    expect(
      [undefined, {}, { 'x-attempt': '3' }, { 'x-attempt': 0 }].map((h) => attemptOf(withHeaders(h))),
    ).toEqual([1, 1, 1, 1]);
    expect(attemptOf(withHeaders({ 'x-attempt': 3 }))).toBe(3);
  });
});

describe(sendersHeaders, () => {
  it("keeps the sender's headers and drops the broker's history", () => {
    const own = { traceparent: '00-a', 'x-correlation-id': 'c', 'x-attempt': 2, version: 1 };
    const brokers = {
      'x-death': [],
      'x-first-death-queue': 'q',
      'x-last-death-reason': 'expired',
      'x-delivery-count': 3,
      'x-acquired-count': 3,
    };
    expect(sendersHeaders(withHeaders({ ...own, ...brokers }))).toEqual(own);
    expect(sendersHeaders(withHeaders(undefined))).toEqual({});
  });
});
