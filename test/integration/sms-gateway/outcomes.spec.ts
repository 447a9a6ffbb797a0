import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { dispatchWork } from '@peyk/contracts/sms';
import type { OutcomeBatchDto } from '@peyk/contracts/sms';
import { outcomesQueue, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { eventually, testMessaging } from '@peyk/testing';
import { OutcomesConsumer } from '../../../apps/sms-gateway/src/dispatch/outcomes.consumer';
import type { Recorder } from '../../../apps/sms-gateway/src/dispatch/recorder';
import { onChannel } from '../messaging/fixture';
import { Report } from './report';

const linkId = randomUUID();
/** Below what one reader takes in hand (400). */
const held = 300;

/** Notes what it gets, in order; while it is stuck it commits nothing. */
class NotingRecorder {
  readonly noted: string[] = [];
  constructor(private readonly stuckUntil: Promise<void> = Promise.resolve()) {}

  async recordReports(reports: readonly OutcomeBatchDto[]): Promise<void> {
    await this.stuckUntil;
    for (const { sessionId, number } of reports) this.noted.push(`${sessionId} ${number}`);
  }
  async closeSession(sessionId: string): Promise<void> {
    await this.stuckUntil;
    this.noted.push(`${sessionId} end`);
  }
}

function consumer(messaging: MessagingRuntime, recorder: NotingRecorder): OutcomesConsumer {
  return new OutcomesConsumer(messaging, recorder as unknown as Recorder);
}

/** The same in each run: every seventh first, then the rest from the end. */
function shuffled<T>(list: readonly T[]): T[] {
  return [...list.filter((_, at) => at % 7 === 0), ...list.filter((_, at) => at % 7 !== 0).reverse()];
}

describe('reports of workers', () => {
  let worker: MessagingRuntime;
  const ready = async (): Promise<number> => {
    let messages = -1;
    await onChannel(worker, async (channel) => {
      messages = (await channel.checkQueue(outcomesQueue)).messageCount;
    });
    return messages;
  };

  beforeAll(async () => {
    worker = await testMessaging('sms-dispatch-worker');
    await onChannel(worker, async (channel) => void (await channel.purgeQueue(outcomesQueue)));
  });
  afterAll(async () => {
    await onChannel(worker, async (channel) => void (await channel.purgeQueue(outcomesQueue)));
    await worker.broker.close();
  });

  it('keep their order when the reader that held them is lost (guarantee 2)', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const said: string[] = [];
    const says: (() => Promise<void>)[] = [];
    const say = (sessionId: string, number: number): void => {
      const { dto } = new Report(sessionId, linkId);
      dto.number = number;
      said.push(`${sessionId} ${number}`);
      says.push(() => publishWork(worker, dispatchWork.outcomes, outcomesQueue, dto));
    };
    const end = (sessionId: string): void => {
      said.push(`${sessionId} end`);
      says.push(() => publishWork(worker, dispatchWork.sessionEnded, outcomesQueue, { sessionId }));
    };
    for (let number = 1; number <= held / 2; number++) {
      say(first, number);
      say(second, number);
    }
    end(first);
    // The order in which the broker gives back what a lost reader held.
    for (const publish of shuffled(says.splice(0))) await publish();

    const lost = await testMessaging('sms-gateway');
    consumer(lost, new NotingRecorder(new Promise(() => undefined))).start();
    await eventually(async () => expect(await ready()).toBe(0));
    await lost.broker.close();
    // Said while nobody reads: behind what was held.
    say(second, held / 2 + 1);
    end(second);
    for (const publish of says) await publish();

    const next = await testMessaging('sms-gateway');
    const recorder = new NotingRecorder();
    const reader = consumer(next, recorder);
    reader.start();
    await eventually(() => expect(recorder.noted).toHaveLength(said.length));
    await reader.stop();
    await next.broker.close();

    for (const sessionId of [first, second]) {
      const own = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith(sessionId));
      expect(own(recorder.noted)).toEqual(own(said));
    }
  });

  it('goes on by itself when what was held is all there is', async () => {
    const sessionId = randomUUID();
    await publishWork(worker, dispatchWork.outcomes, outcomesQueue, new Report(sessionId, linkId).dto);
    const lost = await testMessaging('sms-gateway');
    consumer(lost, new NotingRecorder(new Promise(() => undefined))).start();
    await eventually(async () => expect(await ready()).toBe(0));
    await lost.broker.close();

    const next = await testMessaging('sms-gateway');
    const recorder = new NotingRecorder();
    const reader = consumer(next, recorder);
    reader.start();
    await eventually(() => expect(recorder.noted).toHaveLength(1));
    await reader.stop();
    await next.broker.close();
  });

  it('are not given to the next reader before the last one has recorded what it holds', async () => {
    const sessionId = randomUUID();
    const say = (number: number): Promise<void> => {
      const { dto } = new Report(sessionId, linkId);
      dto.number = number;
      return publishWork(worker, dispatchWork.outcomes, outcomesQueue, dto);
    };
    for (let number = 1; number <= 5; number++) await say(number);
    const [one, two] = [await testMessaging('sms-gateway'), await testMessaging('sms-gateway')];
    let goOn = (): void => undefined;
    const leaving = new NotingRecorder(new Promise((resolve) => (goOn = resolve)));
    const coming = new NotingRecorder();
    const first = consumer(one, leaving);
    const second = consumer(two, coming);
    first.start();
    await eventually(async () => expect(await ready()).toBe(0));
    second.start();
    const stopped = first.stop();
    for (let number = 6; number <= 10; number++) await say(number);
    // Time in which the next reader could have taken them.
    await sleep(500);
    expect(coming.noted).toEqual([]);
    goOn();
    await stopped;
    await eventually(() => expect(leaving.noted.length + coming.noted.length).toBeGreaterThanOrEqual(10));
    await second.stop();
    await one.broker.close();
    await two.broker.close();
    expect([...leaving.noted, ...coming.noted]).toEqual(
      Array.from({ length: 10 }, (_, at) => `${sessionId} ${at + 1}`),
    );
  });
});
