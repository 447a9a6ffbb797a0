import { DelayWheel } from './delay-wheel';
import { sleep, until } from './smpp-client.fixture';

describe(DelayWheel.name, () => {
  it('runs each thing once, never early, those of one delay in their order', async () => {
    const wheel = new DelayWheel();
    const ran: { name: string; early: boolean }[] = [];
    const put = (name: string, ms: number): void => {
      const due = performance.now() + ms;
      wheel.after(ms, () => ran.push({ name, early: performance.now() < due }));
    };
    put('c', 60);
    put('a1', 10);
    put('a2', 10);
    put('b', 30);
    await until('all but the last', () => ran.length === 4);
    put('d', 0);
    await until('the last', () => ran.length === 5);
    expect(ran.map(({ name }) => name)).toEqual(['a1', 'a2', 'b', 'c', 'd']);
    expect(ran.some(({ early }) => early)).toBe(false);
  });

  it('runs nothing after stop', async () => {
    const wheel = new DelayWheel();
    let ran = 0;
    wheel.after(5, () => ran++);
    wheel.stop();
    await sleep(30);
    expect(ran).toBe(0);
  });
});
