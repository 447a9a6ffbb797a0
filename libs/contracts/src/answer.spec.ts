import { targetingListsRpc } from './targeting/lists.rpc';
import { targetingRecipientsRpc } from './targeting/recipients.rpc';
import { isListAnswer, parseAnswer } from './core/answer';
import type { LeftOut } from './core/answer';
import { rpcContracts } from './contracts';
import { fieldsOf } from './core/fields';

const list = (rows: number) => ({
  ...{ id: '0198f000-0000-7000-8000-0000000000d1', source: 'file', title: 'a.xlsx', state: 'ready', rows },
  ...{ valid: 1, duplicates: 0, invalid: 0, blank: 0, bytes: 9, byOperator: [] },
  createdAt: '2026-11-21T08:00:00.000Z',
});

describe(parseAnswer.name, () => {
  it('one row that breaks the contract is left out and told; the rest of the list is answered', () => {
    const told: LeftOut[] = [];
    const answer = parseAnswer(
      targetingListsRpc.list,
      { lists: [list(1), list(150_000_000_000), list(3)], nextCursor: 'x' },
      (leftOut) => told.push(leftOut),
    );
    expect(answer.lists.map(({ rows }) => rows)).toEqual([1, 3]);
    expect(answer.nextCursor).toBe('x');
    expect(told).toMatchObject([
      { field: 'lists', rows: 1, why: { fields: [{ field: 'rows', rule: 'max' }] } },
    ]);
  });

  it('more rows than a page has are cut', () => {
    const told: LeftOut[] = [];
    const lists = Array.from({ length: 203 }, (_, rows) => list(rows));
    expect(
      parseAnswer(targetingListsRpc.list, { lists }, (leftOut) => told.push(leftOut)).lists,
    ).toHaveLength(200);
    expect(told).toMatchObject([{ field: 'lists', rows: 3 }]);
  });

  it('what is wrong outside of the rows, or in an answer that is no list, is refused as ever', () => {
    const never = (): void => {
      throw new Error('nothing is left out');
    };
    expect(() => parseAnswer(targetingListsRpc.list, { lists: [list(1)], nextCursor: 5 }, never)).toThrow();
    expect(() => parseAnswer(targetingListsRpc.list, { lists: 'x' }, never)).toThrow();
    expect(() => parseAnswer(targetingListsRpc.list, null, never)).toThrow();
    expect(() => parseAnswer(targetingListsRpc.read, list(-1), never)).toThrow();
    expect(() => parseAnswer(targetingRecipientsRpc.page, { msisdns: [1], operators: [0] }, never)).toThrow();
  });

  it('holds for all lists of people, and for nothing that programs reckon with', () => {
    const lists = rpcContracts().filter(isListAnswer);
    expect(lists.length).toBeGreaterThan(30);
    for (const { access, output } of rpcContracts().filter((contract) => !isListAnswer(contract)))
      if (access !== 'service') expect(fieldsOf(output).has('nextCursor')).toBe(false);
    for (const { access } of lists) expect(access).not.toBe('service');
  });
});
