import { DomainError } from '@peyk/contracts';
import type { HeartbeatAnswerDto, HeartbeatDto } from '@peyk/contracts/sms';
import { HeartbeatQueue } from './heartbeat-queue';

describe('HeartbeatQueue', () => {
  const alive: HeartbeatAnswerDto = { alive: true, links: [] };
  const beatOf = (sessionId: string, no = 0): HeartbeatDto => ({
    sessionId,
    worker: String(no),
    queue: sessionId,
    leaving: false,
    binds: [],
    links: [],
  });

  /** Decisions that end when asked to, in the order in which they began. */
  function slow() {
    const begun: string[] = [];
    const ends: ((error?: Error) => void)[] = [];
    const queue = new HeartbeatQueue(({ sessionId, worker }) => {
      begun.push(`${sessionId}${worker}`);
      return new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve(alive))));
    });
    const end = async (error?: Error): Promise<void> => {
      ends.shift()?.(error);
      await new Promise(setImmediate);
    };
    return { queue, begun, end };
  }

  it('guarantee 3: decides one at a time, in turn', async () => {
    const { queue, begun, end } = slow();
    const answers = ['a', 'b', 'c'].map((session) => queue.add(beatOf(session)));
    expect(begun).toEqual(['a0']);
    await end();
    expect(begun).toEqual(['a0', 'b0']);
    await end();
    await end();
    expect(await Promise.all(answers)).toEqual([alive, alive, alive]);
    expect(begun).toEqual(['a0', 'b0', 'c0']);
  });

  it('of a session only the newest waits, at the place of the one that it replaces', async () => {
    const { queue, begun, end } = slow();
    const decided = queue.add(beatOf('a', 1));
    const replaced = queue.add(beatOf('a', 2));
    const other = queue.add(beatOf('b', 1));
    const refused = expect(replaced).rejects.toEqual(new DomainError('service.unavailable'));
    const newest = queue.add(beatOf('a', 3));
    // At once, not only when its turn comes.
    await refused;
    for (let no = 0; no < 3; no++) await end();
    expect(await Promise.all([decided, newest, other])).toEqual([alive, alive, alive]);
    expect(begun).toEqual(['a1', 'a3', 'b1']);
  });

  it('goes on after one that failed, and after it was empty', async () => {
    const { queue, begun, end } = slow();
    const failed = expect(queue.add(beatOf('a'))).rejects.toThrow('no database');
    const next = queue.add(beatOf('b'));
    await end(new Error('no database'));
    await failed;
    await end();
    expect(await next).toBe(alive);
    const later = queue.add(beatOf('c'));
    await end();
    expect(await later).toBe(alive);
    expect(begun).toEqual(['a0', 'b0', 'c0']);
  });

  it('however late the answers are, what waits is one heartbeat a session', async () => {
    const { queue, begun, end } = slow();
    const sessions = ['a', 'b', 'c', 'd'];
    const all = Array.from({ length: 100 }, (_, no) =>
      sessions.map((id) => queue.add(beatOf(id, no))),
    ).flat();
    const results = Promise.allSettled(all);
    for (let no = 0; no < 5; no++) await end();
    expect(begun).toEqual(['a0', 'b99', 'c99', 'd99', 'a99']);
    expect((await results).filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });
});
