import { smsSendsRpc } from '@peyk/contracts/sms';
import type { HoldDto } from '@peyk/contracts/billing';
import type { ReconcileRowDto } from '@peyk/contracts/sms';
import { differencesOf, reconcile } from './reconciliation';

const sendId = '0198f000-0000-7000-8000-000000000100';

function row(over: Partial<ReconcileRowDto> = {}): ReconcileRowDto {
  return {
    sendId,
    state: 'finished',
    quotedRials: 1_000,
    chargedRials: 800,
    refundedRials: 100,
    saidChargedRials: 800,
    saidRefundedRials: 100,
    messages: 10,
    recipients: 10,
    open: 0,
    settled: true,
    saidMarginRials: 90,
    marginLeastRials: 90,
    marginMostRials: 100,
    ...over,
  };
}
function hold(over: Partial<HoldDto> = {}): HoldDto {
  return {
    holdId: sendId,
    customerId: '0198f000-0000-7000-8000-00000000000a',
    state: 'closed',
    amountRials: 1_000,
    capturedRials: 800,
    releasedRials: 200,
    refundedRials: 100,
    marginRials: 90,
    ...over,
  };
}
const whats = (one: ReconcileRowDto, of: HoldDto | undefined): string[] =>
  differencesOf(one, of).map(({ what }) => what);

describe('guarantee 4: what must be true of a send and its hold', () => {
  it('finds nothing where all is right', () => {
    expect(whats(row(), hold())).toEqual([]);
  });

  it.each<[string, Partial<ReconcileRowDto>, Partial<HoldDto>]>([
    ['charged and messages', { saidChargedRials: 801 }, {}],
    ['refunded and messages', { saidRefundedRials: 99 }, {}],
    ['captured and charged', {}, { capturedRials: 799, releasedRials: 201 }],
    ['captured and charged', { settled: false }, { state: 'open', capturedRials: 801, releasedRials: 0 }],
    ['refunded in the ledger and here', {}, { refundedRials: 101 }],
    ['captured and released and held', {}, { releasedRials: 199 }],
    ['held and quoted', { quotedRials: 1_001 }, {}],
    ['messages and recipients', { messages: 9 }, {}],
    ['open after the end', { state: 'sending', open: 1 }, {}],
    ['hold open after the end', {}, { state: 'open' }],
    ['margin and messages', { saidMarginRials: 89 }, { marginRials: 89 }],
    ['margin and messages', { saidMarginRials: 101 }, { marginRials: 101 }],
    ['margin in the ledger and here', {}, { marginRials: 91 }],
    ['margin in the ledger and here', { saidMarginRials: null }, {}],
  ])('finds by the rule "%s" what is forged', (what, overRow, overHold) => {
    expect(whats(row(overRow), hold(overHold))).toEqual([what]);
  });

  it('finds a hold that is not there', () => {
    expect(whats(row(), undefined)).toEqual(['hold missing']);
    expect(
      whats(
        row({
          state: 'queued',
          settled: false,
          messages: 0,
          chargedRials: 0,
          saidChargedRials: 0,
          refundedRials: 0,
          saidRefundedRials: 0,
        }),
        undefined,
      ),
    ).toEqual(['hold missing']);
  });

  it('takes a running send as it is: less captured than charged, messages still to be written', () => {
    const running = { state: 'sending', settled: false, messages: 4, open: 3 } as const;
    expect(
      whats(row(running), hold({ state: 'open', capturedRials: 500, releasedRials: 0, refundedRials: 0 })),
    ).toEqual([]);
  });

  it('wants nothing held for a refused send, and for one cancelled before its time', () => {
    const nothing = {
      messages: 0,
      chargedRials: 0,
      refundedRials: 0,
      saidChargedRials: 0,
      saidRefundedRials: 0,
    };
    expect(whats(row({ ...nothing, state: 'refused' }), undefined)).toEqual([]);
    expect(whats(row({ ...nothing, state: 'cancelled' }), undefined)).toEqual([]);
    expect(whats(row({ ...nothing, state: 'refused' }), hold())).toEqual(['captured and charged']);
    expect(whats(row({ ...nothing, state: 'refused', messages: 1 }), undefined)).toEqual([
      'messages and recipients',
    ]);
  });
});

describe(reconcile, () => {
  /** Both services in memory; `onLook` runs before each look at the sends. */
  function platform(
    rows: ReconcileRowDto[],
    holds: HoldDto[],
    onLook: (look: number) => void = () => undefined,
  ) {
    let look = 0;
    const call = (
      contract: { name: string },
      input: { afterSendId?: string; holdIds?: string[] },
    ): Promise<object> => {
      if (contract.name !== smsSendsRpc.reconcile.name)
        return Promise.resolve({ holds: holds.filter((one) => input.holdIds?.includes(one.holdId)) });
      onLook(++look);
      const after = input.afterSendId ?? '';
      return Promise.resolve({ rows: rows.filter((one) => one.sendId > after).slice(0, 2) });
    };
    return { call } as unknown as Parameters<typeof reconcile>[0];
  }
  const ids = Array.from({ length: 5 }, (_, index) => sendId.replace(/0$/, String(index)));

  it('goes through all sends, page by page, and sums them', async () => {
    const rows = ids.map((id) => row({ sendId: id }));
    const holds = ids.map((id) => hold({ holdId: id }));
    expect(await reconcile(platform(rows, holds), 1)).toEqual({
      sends: 5,
      messages: 50,
      chargedRials: 4_000,
      refundedRials: 500,
      differences: [],
    });
  });

  it('names each difference with what was expected and found', async () => {
    const rows = ids.map((id) => row({ sendId: id }));
    const holds = ids.map((id) => hold({ holdId: id }));
    holds[3] = hold({ holdId: ids[3] ?? '', refundedRials: 90 });
    const { differences } = await reconcile(platform(rows, holds), 1);
    expect(differences).toEqual([
      { sendId: ids[3], what: 'refunded in the ledger and here', expected: 100, found: 90 },
    ]);
  });

  it('looks again before it calls something a difference: a charge may be on its way', async () => {
    const rows = ids.map((id) => row({ sendId: id }));
    const holds = ids.map((id) => hold({ holdId: id }));
    holds[1] = hold({ holdId: ids[1] ?? '', refundedRials: 90 });
    const { differences } = await reconcile(
      platform(rows, holds, (look) => {
        if (look === 5) holds[1] = hold({ holdId: ids[1] ?? '' });
      }),
      1,
    );
    expect(differences).toEqual([]);
  });
});
