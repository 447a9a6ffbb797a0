import { heartbeatEveryMs, shareLeaseMs } from '@peyk/contracts/sms';
import type { DispatchBatchDto, HeartbeatAnswerDto, HeartbeatDto } from '@peyk/contracts/sms';
import { createLogger } from '@peyk/platform';
import type { DispatchBroker, WorkHandler } from './dispatch.broker';
import { WorkerSession } from './worker.session';

/** sms-gateway as far as heartbeats go. */
class Gateway implements DispatchBroker {
  readonly epoch = 1;
  readonly connected = true;
  readonly beats: HeartbeatDto[] = [];
  readonly answer: HeartbeatAnswerDto = { alive: true, links: [] };
  handler: WorkHandler | undefined;

  heartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    this.beats.push(beat);
    return Promise.resolve(this.answer);
  }
  consume(_queue: string, handler: WorkHandler): Promise<{ cancel(): Promise<void> }> {
    this.handler = handler;
    return Promise.resolve({ cancel: () => Promise.resolve() });
  }
  publishOutcomes(): Promise<void> {
    return Promise.resolve();
  }
}

const ticks = (count: number): Promise<void> => jest.advanceTimersByTimeAsync(count * heartbeatEveryMs);

describe('heartbeats of a worker session', () => {
  let gateway: Gateway;
  let session: WorkerSession;
  /** Heartbeats in so many ticks. */
  const beatsIn = async (count: number): Promise<number> => {
    const before = gateway.beats.length;
    await ticks(count);
    return gateway.beats.length - before;
  };

  beforeEach(async () => {
    jest.useFakeTimers();
    gateway = new Gateway();
    session = new WorkerSession(
      gateway,
      { worker: 'spec', referenceTlv: false },
      createLogger('spec', { level: 'fatal' }),
      () => undefined,
    );
    await session.start();
  });
  afterEach(async () => {
    const left = session.leave();
    await jest.advanceTimersByTimeAsync(20_000);
    await left;
    jest.useRealTimers();
  });

  it('come at every tick for a second, and then at every second one while nothing changes', async () => {
    expect(await beatsIn(4)).toBe(4);
    await ticks(1);
    expect(await beatsIn(40)).toBe(20);
    // What is answered so often keeps its lease.
    expect(2 * heartbeatEveryMs).toBeLessThan(shareLeaseMs / 2);
  });

  it('come at every tick again once the answer is another', async () => {
    await ticks(20);
    gateway.answer.links = [{ ...link, bindNos: [] }];
    await ticks(2);
    expect(await beatsIn(4)).toBe(4);
  });

  it('one comes at once with a batch, so that it is sent on a fresh lease', async () => {
    await ticks(20);
    while ((await beatsIn(1)) === 1);
    const before = gateway.beats.length;
    gateway.handler?.onBatch({ batchId: 'b', linkId: link.linkId } as DispatchBatchDto);
    expect(gateway.beats.length).toBe(before + 1);
  });
});

const link = {
  linkId: '0198f000-0000-7000-8000-0000000000f1',
  name: 'spec',
  host: '127.0.0.1',
  port: 9,
  systemId: 'spec',
  password: 'spec',
  systemType: '',
  window: 10,
  share: 0,
  limited: true,
  responseTimeoutMs: 1_000,
  enquireLinkMs: 1_000,
};
