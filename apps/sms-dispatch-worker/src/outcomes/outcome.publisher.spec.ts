import { createLogger } from '@peyk/platform';
import type { OutcomeBatchDto } from '@peyk/contracts/sms';
import type { OutcomeFrame } from './outcome.frame';
import { OutcomePublisher } from './outcome.publisher';
import type { ConfirmListener, OutcomeSink } from './outcome.publisher';

class Sink implements OutcomeSink {
  connected = true;
  readonly published: { dto: OutcomeBatchDto; confirm: () => void; fail: () => void }[] = [];

  publishOutcomes(dto: OutcomeBatchDto): Promise<void> {
    return new Promise((resolve, reject) => {
      this.published.push({ dto, confirm: resolve, fail: () => reject(new Error('lost')) });
    });
  }

  get indexes(): number[][] {
    return this.published.map(({ dto }) => dto.outcomeIndex);
  }
}

const logger = createLogger('test', { level: 'fatal' });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const batchId = '0198f000-0000-7000-8000-000000000001';

describe('OutcomePublisher', () => {
  let sink: Sink;
  let publisher: OutcomePublisher;
  let confirmed: number[][];
  let listener: ConfirmListener;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
    sink = new Sink();
    publisher = new OutcomePublisher(sink, 'session', logger);
    confirmed = [];
    listener = { onConfirmed: (frame: OutcomeFrame) => confirmed.push(frame.dto.outcomeIndex) };
  });
  afterEach(() => {
    publisher.stop();
    jest.useRealTimers();
  });

  const say = (index: number, flush = true): void => {
    publisher.frameOf('link', listener).refused(batchId, index, 0);
    if (flush) publisher.flush();
  };

  it('gathers rows for the given time, then sends them in one message', async () => {
    say(1, false);
    publisher.flushWithin(10);
    say(2, false);
    publisher.flushWithin(10);
    jest.advanceTimersByTime(9);
    expect(sink.indexes).toEqual([]);
    jest.advanceTimersByTime(2);
    expect(sink.indexes).toEqual([[1, 2]]);
    sink.published[0]?.confirm();
    await settled();
    expect(confirmed).toEqual([[1, 2]]);
    expect(publisher.isEmpty).toBe(true);
  });

  it('a nearer moment wins, a farther one does not push it away', () => {
    say(1, false);
    publisher.flushWithin(10);
    publisher.flushWithin(2);
    publisher.flushWithin(50);
    jest.advanceTimersByTime(3);
    expect(sink.indexes).toEqual([[1]]);
  });

  it('confirms are told in the order of publishing, whatever order they come in', async () => {
    for (const index of [1, 2, 3]) say(index);
    sink.published[2]?.confirm();
    sink.published[1]?.confirm();
    await settled();
    expect(confirmed).toEqual([]);
    sink.published[0]?.confirm();
    await settled();
    expect(confirmed).toEqual([[1], [2], [3]]);
  });

  it('after a failure it and all that follow go again, in order, also those that were confirmed', async () => {
    for (const index of [1, 2, 3]) say(index);
    sink.published[0]?.confirm();
    sink.published[2]?.confirm();
    sink.published[1]?.fail();
    await settled();
    say(4);
    jest.advanceTimersByTime(1_000);
    expect(confirmed).toEqual([[1]]);
    expect(sink.indexes).toEqual([[1], [2], [3], [2], [3], [4]]);
    for (const { confirm } of sink.published) confirm();
    await settled();
    expect(confirmed).toEqual([[1], [2], [3], [4]]);
    expect(publisher.rowsWaiting).toBe(0);
  });

  it('waits for all that is under way before it begins again', async () => {
    for (const index of [1, 2]) say(index);
    sink.published[0]?.fail();
    await settled();
    jest.advanceTimersByTime(5_000);
    expect(sink.indexes).toEqual([[1], [2]]);
    sink.published[1]?.fail();
    await settled();
    jest.advanceTimersByTime(5_000);
    expect(sink.indexes).toEqual([[1], [2], [1], [2]]);
  });

  it('without a connection nothing is sent and nothing is lost; too much says so', async () => {
    sink.connected = false;
    for (let index = 0; index < 20_600; index += 1) say(index % 100, false);
    publisher.flushWithin(1);
    jest.advanceTimersByTime(2_000);
    expect(sink.published).toEqual([]);
    expect(publisher.isOverloaded).toBe(true);
    expect(publisher.rowsWaiting).toBe(20_600);
    sink.connected = true;
    for (let round = 0; round < 50 && !publisher.isEmpty; round += 1) {
      jest.advanceTimersByTime(1_000);
      for (const { confirm } of sink.published) confirm();
      await settled();
    }
    expect(confirmed.flat()).toHaveLength(20_600);
    expect(Math.max(...sink.published.map(({ dto }) => dto.outcomeIndex.length))).toBeLessThanOrEqual(500);
    expect(publisher.isOverloaded).toBe(false);
  });

  it('at most 8 messages are under way; what comes meanwhile grows into few', async () => {
    for (let index = 0; index < 100; index += 1) say(index);
    expect(sink.published).toHaveLength(8);
    for (const { confirm } of [...sink.published]) confirm();
    await settled();
    expect(sink.published).toHaveLength(9);
    expect(sink.indexes[8]).toHaveLength(92);
  });

  it('a session that is over keeps to facts', () => {
    sink.connected = false;
    say(1, false);
    publisher.frameOf('link', listener).returned(batchId, 5);
    say(2, false);
    publisher.dropClaims();
    sink.connected = true;
    publisher.resume();
    publisher.flush();
    expect(sink.indexes).toEqual([[1, 2]]);
    expect(sink.published[0]?.dto.outcomeIds).toEqual(['', '']);
  });
});
