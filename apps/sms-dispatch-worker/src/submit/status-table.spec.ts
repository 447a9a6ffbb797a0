import { createRequire } from 'node:module';
import { classOf, retryDelayMs, statusClasses } from './status-table';
import type { StatusClass } from './status-table';

const { errors } = createRequire(__filename)('smpp') as { errors: Readonly<Record<string, number>> };

const expected: Record<Exclude<StatusClass, 'permanent'>, string[]> = {
  taken: ['ESME_ROK'],
  throttled: ['ESME_RMSGQFUL', 'ESME_RTHROTTLED'],
  transient: ['ESME_RSYSERR', 'ESME_RSUBMITFAIL', 'ESME_RX_T_APPN', 'ESME_RUNKNOWNERR'],
  bind: ['ESME_RINVBNDSTS', 'ESME_RALYBND', 'ESME_RBINDFAIL', 'ESME_RINVPASWD', 'ESME_RINVSYSID'],
};

describe('status table', () => {
  it('walks every row: each status that is not permanent is named here', () => {
    for (const [status, [name, kind]] of statusClasses) {
      const listed = Object.entries(expected).find(([, names]) => names.includes(name))?.[0] ?? 'permanent';
      expect(`${name} ${kind}`).toBe(`${name} ${listed}`);
      expect(classOf(status)).toBe(kind);
    }
    for (const name of Object.values(expected).flat()) {
      expect([...statusClasses.values()].some(([known]) => known === name)).toBe(true);
    }
  });

  it('has the numbers of SMPP 3.4 as npm smpp has them', () => {
    const numbers = new Set(Object.values(errors));
    for (const [status, [name]] of statusClasses) {
      expect(numbers.has(status)).toBe(true);
      if (name in errors) expect(`${name} ${errors[name] ?? -1}`).toBe(`${name} ${status}`);
    }
  });

  it('what it does not know is permanent: an operator of its own code would refuse again', () => {
    expect(classOf(0x0400)).toBe('permanent');
    expect(classOf(0xffff_ffff)).toBe('permanent');
  });

  it('tries again with growing waits and not for ever', () => {
    expect([1, 2, 3, 4].map((tries) => retryDelayMs('transient', tries))).toEqual([
      250,
      1_000,
      4_000,
      undefined,
    ]);
    expect(retryDelayMs('throttled', 29)).toBe(0);
    expect(retryDelayMs('throttled', 30)).toBeUndefined();
    expect(retryDelayMs('bind', 5)).toBeUndefined();
    expect(retryDelayMs('permanent', 1)).toBeUndefined();
  });
});
