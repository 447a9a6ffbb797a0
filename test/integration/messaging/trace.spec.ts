import { Controller } from '@nestjs/common';
import { defineRpc, EmptyDto } from '@peyk/contracts';
import { HandleEvent, HandleLive, HandleRpc, Outbox, publishLive } from '@peyk/messaging';
import type { MessagingRuntime, Received } from '@peyk/messaging';
import { currentContext, newContext, runInContext, traceIdOf } from '@peyk/platform';
import type { RequestContext } from '@peyk/platform';
import { eventually, testMessaging, testProgram } from '@peyk/testing';
import {
  NoteDto,
  NumberedDto,
  declareSubscription,
  messagingDatabase,
  probe,
  probeQueue,
  removeQueues,
} from './fixture';
import type { MessagingDatabase } from './fixture';

const inner = defineRpc({
  name: `${probe.service}.notes.inner`,
  input: EmptyDto,
  output: NoteDto,
  access: 'public',
  does: 'Serves a spec.',
  errors: [],
});
const seen = new Map<string, RequestContext | undefined>();
let database: MessagingDatabase;
let runtime: MessagingRuntime;
let outbox: Outbox;

@Controller()
class TracedController {
  @HandleRpc(probe.echo)
  async echo(note: NoteDto): Promise<NoteDto> {
    seen.set('rpc', currentContext());
    await runtime.rpc.call(inner, {}, 'nobody');
    await database.source.transaction((tx) =>
      outbox.add(tx, probe.numbered, 'one', { about: note.text, number: 1 }),
    );
    publishLive(runtime, probe.shown, { about: note.text, number: 1 });
    return note;
  }
  @HandleRpc(inner)
  async inner(): Promise<NoteDto> {
    seen.set('rpc in rpc', currentContext());
    return { text: '' };
  }
  @HandleEvent(probeQueue, probe.numbered)
  async onNumbered({ about }: NumberedDto, { attempt }: Received): Promise<void> {
    seen.set(attempt === 1 ? `event of ${about}` : `retried ${about}`, currentContext());
    if (attempt === 1) throw new Error('once more');
  }
  @HandleLive(probe.shown)
  async onShown(): Promise<void> {
    seen.set('live event', currentContext());
  }
}

beforeAll(async () => {
  database = await messagingDatabase();
  runtime = await testMessaging('spec');
  await declareSubscription(runtime, probeQueue);
  outbox = new Outbox(runtime, database.source);
  outbox.onApplicationBootstrap();
});
afterAll(async () => {
  await outbox.onModuleDestroy();
  await removeQueues(runtime, probeQueue.queue, `${probeQueue.queue}.dead`, `${probe.service}.rpc`);
  await runtime.broker.close();
  await database.drop();
});

describe('a request', () => {
  it('is one correlation id and one trace from HTTP through RPC, event, retry and live event', async () => {
    const program = await testProgram(await testMessaging(probe.service), probe.service, {
      controllers: [TracedController],
    });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const http = newContext({
      'x-correlation-id': 'click-12345678',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    });
    await runInContext(http, () => runtime.rpc.call(probe.echo, { text: 'traced' }, 'nobody'));
    await eventually(() => expect(seen.get('retried traced')).toBeDefined());
    await eventually(() => expect(seen.has('live event')).toBe(true));
    const hops = ['rpc', 'rpc in rpc', 'event of traced', 'retried traced', 'live event'];
    for (const hop of hops) {
      const context = seen.get(hop);
      expect([hop, context?.correlationId]).toEqual([hop, 'click-12345678']);
      expect([hop, context && traceIdOf(context)]).toEqual([hop, traceId]);
      expect(context?.traceparent).toMatch(/-01$/);
    }
    expect(new Set(hops.map((hop) => seen.get(hop)?.traceparent)).size).toBe(hops.length);
    await program.close();
  });

  it('is told from another one', async () => {
    const program = await testProgram(await testMessaging(probe.service), probe.service, {
      controllers: [TracedController],
    });
    const calls = ['p', 'q', 'r'].map((text) =>
      runInContext(newContext({ 'x-correlation-id': `click-${text}-000000` }), () =>
        runtime.rpc.call(probe.echo, { text }, 'nobody'),
      ),
    );
    await Promise.all(calls);
    await eventually(() => {
      for (const text of ['p', 'q', 'r'])
        expect(seen.get(`event of ${text}`)?.correlationId).toBe(`click-${text}-000000`);
    });
    await program.close();
  });
});
