import { Controller } from '@nestjs/common';
import { smsEvents, smsSubscriptions } from '@peyk/contracts/sms';
import { query, uuidv7 } from '@peyk/database';
import { HandleEvent, HandleLive, HandleRpc, Inbox, Outbox, exchanges, publishLive } from '@peyk/messaging';
import type { MessagingRuntime, Received } from '@peyk/messaging';
import { eventually, testMessaging, testProgram } from '@peyk/testing';
import {
  NoteDto,
  NumberedDto,
  declareSubscription,
  messagingDatabase,
  onChannel,
  probe,
  probeQueue,
  sleep,
  timed,
} from './fixture';
import type { MessagingDatabase } from './fixture';
import { OwnBroker } from './own-broker';

let server: OwnBroker;
let database: MessagingDatabase;
let runtime: MessagingRuntime;
let outbox: Outbox;
let program: { close(): Promise<void> };
const numbers: number[] = [];
/** The answer to `pending` is not ready before the broker is gone, however long the kill takes on a busy machine. */
let tellGone = (): void => {};
const gone = new Promise<void>((resolve) => (tellGone = resolve));
const live: number[] = [];

@Controller()
class ProbeController {
  private readonly inbox = new Inbox(database.source);

  @HandleRpc(probe.echo)
  async echo(note: NoteDto): Promise<NoteDto> {
    if (note.text === 'pending') await gone;
    return note;
  }
  @HandleEvent(probeQueue, probe.numbered)
  async onNumbered({ number }: NumberedDto, received: Received): Promise<void> {
    await this.inbox.once(received, async () => {
      numbers.push(number);
    });
  }
  @HandleLive(probe.shown)
  async onShown({ number }: NumberedDto): Promise<void> {
    live.push(number);
  }
}

const echo = (text: string): Promise<NoteDto> => runtime.rpc.call(probe.echo, { text }, 'nobody');
const add = (number: number): Promise<void> =>
  database.source.transaction((tx) => outbox.add(tx, probe.numbered, 'one', { about: 'x', number }));
const waiting = async (): Promise<number> =>
  (await query<{ n: number }>(database.source, 'SELECT count(*)::int AS n FROM outbox'))[0]?.n ?? -1;

beforeAll(async () => {
  [server, database] = await Promise.all([OwnBroker.start(), messagingDatabase()]);
  // As at the first start of all: every program declares the topology at the same moment.
  const [caller, answerer] = await Promise.all([
    testMessaging('spec-caller', { rabbitmqUrl: server.url }),
    testMessaging(probe.service, { rabbitmqUrl: server.url }),
  ]);
  runtime = caller;
  await declareSubscription(runtime, probeQueue);
  program = await testProgram(answerer, probe.service, { controllers: [ProbeController] });
  outbox = new Outbox(runtime, database.source);
  outbox.onApplicationBootstrap();
}, 120_000);
afterAll(async () => {
  await outbox.onModuleDestroy();
  await program.close();
  await runtime.broker.close();
  await server.end();
  await database.drop();
}, 60_000);

describe('when RabbitMQ is killed and comes back', () => {
  it('no call hangs, no event is lost or takes effect twice, and everybody works again without a restart', async () => {
    await add(0);
    await eventually(() => expect(numbers).toEqual([0]));
    // RabbitMQ 3.10 forgets a quorum queue that was first declared within the last second before a kill.
    await sleep(2_000);
    const refusal = expect(echo('pending')).rejects.toMatchObject({ code: 'service.unavailable' });
    await sleep(100);
    const killing = server.kill();
    expect(await timed(() => refusal)).toBeLessThan(probe.echo.deadlineMs + 500);
    await killing;
    tellGone();

    // Away: refused at once; what is committed waits.
    expect(
      await timed(() => expect(echo('away')).rejects.toMatchObject({ code: 'service.unavailable' })),
    ).toBeLessThan(200);
    for (const number of [1, 2, 3]) await add(number);
    publishLive(runtime, probe.shown, { about: 'lost', number: 0 });
    expect(runtime.broker.connected).toBe(false);
    await sleep(300);
    expect(await waiting()).toBe(3);

    await server.restart();
    await eventually(() => expect([...numbers].sort()).toEqual([0, 1, 2, 3]), { timeoutMs: 60_000 });
    await eventually(async () => expect(await waiting()).toBe(0));
    await eventually(async () => expect(await echo('again')).toEqual({ text: 'again' }), {
      timeoutMs: 60_000,
    });
    await eventually(() => {
      publishLive(runtime, probe.shown, { about: 'x', number: 1 });
      expect(live).toContain(1);
    });
    await sleep(500);
    expect([...numbers].sort()).toEqual([0, 1, 2, 3]);
  }, 120_000);

  it('keeps what was confirmed when it is killed in the middle of a stream of events', async () => {
    const from = 100;
    const to = 700;
    let killing: Promise<void> | undefined;
    for (let number = from; number < to; number++) {
      await add(number);
      if (number === from + 200) killing = server.kill();
    }
    await killing;
    await server.restart();
    const expected = Array.from({ length: to - from }, (_, i) => from + i);
    await eventually(
      () => expect([...numbers].filter((n) => n >= from).sort((a, b) => a - b)).toEqual(expected),
      {
        timeoutMs: 90_000,
      },
    );
  }, 150_000);
});

describe('an event with subscribers whose queue is not bound', () => {
  it('waits in the outbox, holds back its aggregate only, and goes out once the queue is there', async () => {
    const { queue } = smsSubscriptions.holds;
    const event = smsSubscriptions.holds.events[0];
    await onChannel(runtime, (channel) =>
      channel.unbindQueue(queue, exchanges.events, event.name).then(() => undefined),
    );
    const id = uuidv7();
    const ended = {
      holdId: id,
      customerId: id,
      state: 'closed',
      capturedRials: 1,
      releasedRials: 0,
    } as const;
    await database.source.transaction(async (tx) => {
      await outbox.add(tx, event, 'hold', ended);
      await outbox.add(tx, probe.numbered, 'hold', { about: 'behind it', number: 9_001 });
      await outbox.add(tx, probe.numbered, 'another', { about: 'beside it', number: 9_002 });
    });
    await eventually(() => expect(numbers).toContain(9_002));
    await sleep(1_500);
    expect(numbers).not.toContain(9_001);
    expect(await waiting()).toBe(2);
    await onChannel(runtime, (channel) =>
      channel.bindQueue(queue, exchanges.events, event.name).then(() => undefined),
    );
    await eventually(() => expect(numbers).toContain(9_001));
    expect(await waiting()).toBe(0);
    await onChannel(runtime, (channel) => channel.purgeQueue(queue).then(() => undefined));
  });

  it('is history where nobody subscribes: it leaves the outbox', async () => {
    const id = uuidv7();
    const accepted = { sendId: id, customerId: id, recipients: 1, quotedRials: 1 };
    await database.source.transaction((tx) => outbox.add(tx, smsEvents.sendAccepted, 'send', accepted));
    await eventually(async () => expect(await waiting()).toBe(0));
  });
});
