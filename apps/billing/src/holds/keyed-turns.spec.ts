import { setImmediate as turn } from 'node:timers/promises';
import { KeyedTurns } from './keyed-turns';

describe(KeyedTurns.name, () => {
  it('runs what has one key in order and alone, and other keys meanwhile', async () => {
    const turns = new KeyedTurns();
    const log: string[] = [];
    const act = (name: string) => async (): Promise<string> => {
      log.push(`${name}+`);
      await turn();
      log.push(`${name}-`);
      return name;
    };
    const results = await Promise.all([
      turns.run('a', act('a1')),
      turns.run('a', act('a2')),
      turns.run('b', act('b1')),
    ]);
    expect(results).toEqual(['a1', 'a2', 'b1']);
    expect(log.filter((line) => line.startsWith('a'))).toEqual(['a1+', 'a1-', 'a2+', 'a2-']);
    expect(log.indexOf('b1+')).toBeLessThan(log.indexOf('a1-'));
  });

  it('goes on after a failure, tells it to its caller only, and forgets keys that are done', async () => {
    const turns = new KeyedTurns();
    const failing = turns.run('a', () => Promise.reject(new Error('no')));
    const next = turns.run('a', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
    await turn();
    expect(turns.size).toBe(0);
  });
});
