import { noticesOf } from './notices-of';

const now = new Date('2026-11-22T10:00:00Z');
const nothing = {
  wallet: undefined,
  sends: undefined,
  links: undefined,
  requests: undefined,
  corrections: undefined,
  now,
};
const send = (id: string, changes: object) => ({
  ...{ id, title: id, text: 'x', state: 'finished' as const, createdAt: '2026-11-22T09:00:00Z' },
  ...changes,
});

describe('notices of the home page', () => {
  it('WEB-012 are none while nothing is known or wrong', () => {
    expect(noticesOf(nothing)).toEqual([]);
    const wallet = { availableRials: 500, alertRials: 500 };
    expect(noticesOf({ ...nothing, wallet, sends: [send('a', {})], requests: [] })).toEqual([]);
  });

  it('tell low credit from none', () => {
    const of = (availableRials: number, alertRials: number | null) =>
      noticesOf({ ...nothing, wallet: { availableRials, alertRials } }).map(({ kind }) => kind);
    expect(of(499, 500)).toEqual(['lowCredit']);
    expect(of(1, null)).toEqual([]);
    expect(of(0, 500)).toEqual(['noCredit']);
  });

  it('name sends that were refused or missed within a day, are paused or wait', () => {
    const notices = noticesOf({
      ...nothing,
      sends: [
        send('waits', { state: 'queued', waitsUntil: '2026-11-23T04:30:00Z' }),
        send('old', { state: 'refused', createdAt: '2026-11-21T09:59:59Z' }),
        // Accepted long ago, for a time that came today.
        send('late', {
          state: 'missed',
          refusal: 'send.late',
          createdAt: '2026-10-01T09:00:00Z',
          finishedAt: '2026-11-22T09:00:00Z',
        }),
        send('new', { state: 'refused', refusal: 'wallet.insufficient', title: '' }),
        send('paused', { state: 'paused', waitsUntil: '2026-11-23T04:30:00Z' }),
      ],
    });
    expect(notices).toEqual([
      { kind: 'refused', to: '/sends/late', title: 'late', code: 'send.late' },
      { kind: 'refused', to: '/sends/new', title: 'x', code: 'wallet.insufficient' },
      { kind: 'paused', to: '/sends/paused', title: 'paused' },
      { kind: 'waits', to: '/sends/waits', title: 'waits', until: '2026-11-23T04:30:00Z' },
    ]);
  });

  it('begin with a link of which no bind is up; one that has none is not meant to be', () => {
    const bind = (state: 'bound' | 'closed') => ({ no: 0, worker: null, since: null, state });
    const links = [
      { id: '1', name: 'up', binds: [bind('bound'), bind('closed')] },
      { id: '2', name: 'down', binds: [bind('closed')] },
      { id: '3', name: 'none', binds: [] },
    ];
    expect(noticesOf({ ...nothing, links, corrections: [{}], requests: [{}] })).toEqual([
      { kind: 'linkDown', to: '/sms/links/2', name: 'down' },
      { kind: 'requests', to: '/reseller/requests' },
      { kind: 'corrections', to: '/money/corrections' },
    ]);
  });
});
