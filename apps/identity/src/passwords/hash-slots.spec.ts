import { DomainError } from '@peyk/contracts';
import { HashSlots } from './hash-slots';

/** A task that ends when it is asked to. */
function gate(): { task: () => Promise<string>; open: () => void; started: () => boolean } {
  let open = (): void => undefined;
  let started = false;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const task = async (): Promise<string> => {
    started = true;
    await opened;
    return 'done';
  };
  return { task, open: () => open(), started: () => started };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe(HashSlots, () => {
  it('runs two at once, the rest in the order in which it came', async () => {
    const slots = new HashSlots(2, 10);
    const gates = Array.from({ length: 4 }, gate);
    const results = gates.map(({ task }) => slots.run(task));
    await turn();
    expect(gates.map(({ started }) => started())).toEqual([true, true, false, false]);
    gates[1]?.open();
    await turn();
    expect(gates.map(({ started }) => started())).toEqual([true, true, true, false]);
    for (const { open } of gates) open();
    expect(await Promise.all(results)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('refuses at once when the queue is full, and takes again when there is room', async () => {
    const slots = new HashSlots(1, 1);
    const [running, waiting, refused, later] = [gate(), gate(), gate(), gate()];
    const first = slots.run(running.task);
    const second = slots.run(waiting.task);
    await expect(slots.run(refused.task)).rejects.toEqual(new DomainError('rate.limited'));
    expect(refused.started()).toBe(false);
    running.open();
    await first;
    const third = slots.run(later.task);
    waiting.open();
    later.open();
    expect(await Promise.all([second, third])).toEqual(['done', 'done']);
  });

  it('gives the slot of a failed task on', async () => {
    const slots = new HashSlots(1, 5);
    const failed = slots.run(() => Promise.reject(new Error('no memory')));
    const next = slots.run(() => Promise.resolve('next'));
    await expect(failed).rejects.toThrow('no memory');
    expect(await next).toBe('next');
    expect(await slots.run(() => Promise.resolve('free'))).toBe('free');
  });
});
