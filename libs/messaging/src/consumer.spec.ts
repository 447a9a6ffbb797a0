import { DomainError, errorCodes } from '@peyk/contracts';
import { PoisonError, attemptOf, isAway, mayPass, sendersHeaders } from './consumer';

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

describe(isAway, () => {
  it('is a service or a database that has to come back, and nothing else', () => {
    const code = (name: string): Error => Object.assign(new Error('no'), { code: name });
    for (const error of [new DomainError('service.unavailable'), code('ECONNREFUSED'), code('57P03')])
      expect(isAway(error)).toBe(true);
    // A statement that always runs into its time is nothing to wait for.
    for (const error of [new DomainError('internal'), code('57014'), code('23505'), new Error('no'), 'text'])
      expect(isAway(error)).toBe(false);
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
