import { DomainError, operators, sendStates } from '@peyk/contracts';
import type { SendState } from '@peyk/contracts';
import type { SendCountsDto } from '@peyk/contracts/sms';
import { Line } from '../lines/line.entity';
import {
  Send,
  assertMove,
  countsOf,
  finalSendStates,
  priceArray,
  sendToDto,
  sendTransitions,
  statesBefore,
  waitsUntil,
} from './send.entity';

const allowed: readonly (readonly [SendState, SendState])[] = [
  ['scheduled', 'placing'],
  ['scheduled', 'suspended'],
  ['scheduled', 'cancelled'],
  ['scheduled', 'refused'],
  ['scheduled', 'missed'],
  ['suspended', 'scheduled'],
  ['suspended', 'cancelled'],
  ['placing', 'queued'],
  ['placing', 'refused'],
  ['placing', 'missed'],
  ['queued', 'sending'],
  ['queued', 'paused'],
  ['queued', 'cancelling'],
  ['queued', 'finished'],
  ['sending', 'paused'],
  ['sending', 'cancelling'],
  ['sending', 'finished'],
  ['paused', 'queued'],
  ['paused', 'sending'],
  ['paused', 'cancelling'],
  ['paused', 'finished'],
  ['cancelling', 'cancelled'],
];

function send(over: Partial<Send> = {}): Send {
  return Object.assign(new Send(), {
    state: 'sending',
    recipients: 10,
    cursor: 4,
    queued: 1,
    sent: 1,
    delivered: 1,
    undelivered: 0,
    failed: 0,
    blocked: 0,
    cancelled: 0,
    inDoubt: 1,
    unreported: 0,
    quotedRials: 13_300,
    chargedRials: 2_660,
    refundedRials: 0,
    settled: false,
    createdAt: new Date(0),
    ...over,
  });
}
function line(hoursFrom: number, hoursTo: number): Line {
  return Object.assign(new Line(), { hoursFrom, hoursTo });
}

describe('moves of a send (requirements 10.6)', () => {
  for (const from of sendStates) {
    for (const to of sendStates) {
      const may = allowed.some(([a, b]) => a === from && b === to);
      it(`${from} ${may ? 'may' : 'may not'} become ${to}`, () => {
        expect(sendTransitions[from].includes(to)).toBe(may);
        expect(statesBefore(to).includes(from)).toBe(may);
        if (may) expect(() => assertMove(from, to)).not.toThrow();
        else
          expect(() => assertMove(from, to)).toThrow(
            new DomainError('send.wrongState', { state: from, wanted: to }),
          );
      });
    }
  }

  it('lead every state to an end, and none out of one', () => {
    for (const state of finalSendStates) expect(sendTransitions[state]).toEqual([]);
    const reach = (state: SendState, seen: Set<SendState>): Set<SendState> => {
      if (seen.has(state)) return seen;
      seen.add(state);
      for (const next of sendTransitions[state]) reach(next, seen);
      return seen;
    };
    for (const state of sendStates)
      expect([...reach(state, new Set())].some((end) => finalSendStates.includes(end))).toBe(true);
  });
});

describe(countsOf, () => {
  const total = (counts: SendCountsDto): number => {
    const all: Record<string, number> = { ...counts };
    return Object.values(all).reduce((sum, count) => sum + count, 0);
  };

  it('SMS-203 counts everybody in every state but of a refused or missed send, of which nobody waits', () => {
    for (const state of sendStates) {
      const none = { cursor: 0, queued: 0, sent: 0, delivered: 0, inDoubt: 0 };
      expect(total(countsOf(send({ state, ...none })))).toBe(
        state === 'refused' || state === 'missed' ? 0 : 10,
      );
      if (!finalSendStates.includes(state)) expect(total(countsOf(send({ state })))).toBe(10);
    }
  });

  it('takes recipients that are not written yet for waiting, of a cancelled send for cancelled', () => {
    expect(countsOf(send()).queued).toBe(7);
    const before = send({
      state: 'cancelled',
      cursor: 0,
      queued: 0,
      sent: 0,
      delivered: 0,
      inDoubt: 0,
    });
    expect(countsOf(before)).toMatchObject({ queued: 0, cancelled: 10 });
  });
});

describe(waitsUntil, () => {
  // 10:00 and 23:00 in Tehran.
  const morning = new Date('2026-11-21T06:30:00Z');
  const night = new Date('2026-11-21T19:30:00Z');

  it('names the opening of the line only while the send runs and the line is closed', () => {
    expect(waitsUntil(send(), line(8, 22), morning)).toBeNull();
    expect(waitsUntil(send(), line(8, 22), night)?.toISOString()).toBe('2026-11-22T04:30:00.000Z');
    expect(waitsUntil(send({ state: 'paused' }), line(8, 22), night)).toBeNull();
    expect(waitsUntil(send(), line(0, 24), night)).toBeNull();
  });
});

describe(sendToDto, () => {
  it('says what was given back only when the hold has ended', () => {
    const own = line(0, 24);
    expect(sendToDto(send(), own, 0).money).toMatchObject({ releasedRials: 0, settled: false });
    expect(sendToDto(send({ settled: true }), own, 0).money).toMatchObject({
      quotedRials: 13_300,
      chargedRials: 2_660,
      releasedRials: 10_640,
    });
  });
});

describe(priceArray, () => {
  const all = operators.map((operator, index) => ({ operator, rialsPerPart: 100 + index }));

  it('has a price for each operator in the order of their codes', () => {
    expect(priceArray([...all].reverse())).toEqual(operators.map((_, index) => 100 + index));
  });

  it('refuses a tariff with a gap', () => {
    expect(() => priceArray(all.slice(1))).toThrow(new DomainError('tariff.missing', { operator: 'mci' }));
  });
});
