import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { connect } from 'amqplib';
import type { Channel, ChannelModel, ConfirmChannel } from 'amqplib';
import {
  allSubscriptions,
  deadLetterRpcs,
  EmptyDto,
  eventContracts,
  ownerOf,
  rpcContracts,
} from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import { identityKeysRpc, identitySubscriptions } from '@peyk/contracts/identity';
import { smsEvents } from '@peyk/contracts/sms';
import { targetingEvents } from '@peyk/contracts/targeting';
import {
  HandleEvent,
  HandleRpc,
  cameStraight,
  conversationOf,
  deadQueue,
  durableQueues,
  exchanges,
  innerExchanges,
  ownQueue,
  retryExchange,
  rpcQueue,
} from '@peyk/messaging';
import type { MessagingRuntime, Talker } from '@peyk/messaging';
import { TestTokens, eventually, testMessaging, testProgram, testServers } from '@peyk/testing';
import { loginUrl } from '../../../deploy/local/lib/logins.mjs';
import { TALKING_PROGRAMS } from '../../../deploy/programs.mjs';

jest.setTimeout(60_000);

const tokens = new TestTokens();
const talkers: readonly Talker[] = TALKING_PROGRAMS;
const { TEST_RABBITMQ_URL: adminUrl } = process.env;
const urls = Object.fromEntries(talkers.map(({ name }) => [name, adminUrl ? loginUrl(adminUrl, name) : '']));

// A broker that the user named has no users of ours.
const ifOwn = process.env['TEST_RABBITMQ_MANAGE'] ? describe : describe.skip;

ifOwn('5.2 what the user of a program may do on RabbitMQ', () => {
  const connections = new Map<string, ChannelModel>();
  let admin: ChannelModel;

  beforeAll(async () => {
    admin = await connect(testServers().rabbitmqUrl);
    for (const { name } of talkers) connections.set(name, await connect(urls[name] ?? ''));
  });
  afterAll(async () => {
    for (const connection of [...connections.values(), admin]) await connection.close();
  });

  /** `done`, or the code with which RabbitMQ ended the channel. */
  async function attempt(
    connection: ChannelModel | undefined,
    act: (channel: ConfirmChannel) => Promise<unknown>,
  ): Promise<'done' | number> {
    if (!connection) throw new Error('no connection');
    const channel = await connection.createConfirmChannel();
    let code: number | undefined;
    channel.on('error', (error: Error & { code?: number }) => (code = error.code));
    try {
      await act(channel);
      await channel.waitForConfirms();
      await channel.close();
      return 'done';
    } catch (error) {
      const { code: thrown } = error as { code?: number };
      // A publishing is refused by the end of the channel, whose confirms then fail.
      const refusal = code ?? thrown;
      if (refusal === undefined) throw error;
      return refusal;
    }
  }
  const as = (
    program: string,
    act: (channel: ConfirmChannel) => Promise<unknown>,
  ): Promise<'done' | number> => attempt(connections.get(program), act);
  const publish =
    (exchange: string, key: string) =>
    (channel: ConfirmChannel): Promise<unknown> =>
      Promise.resolve(channel.publish(exchange, key, Buffer.from('{}')));
  const purge = async (...queues: readonly string[]): Promise<void> => {
    const channel = await admin.createChannel();
    for (const queue of queues) await channel.purgeQueue(queue);
    await channel.close();
  };
  const refused = 403;

  it('reads its own durable queues and their dead letters, and nobody else’s', async () => {
    const seen: Record<string, string[]> = {};
    for (const { name } of talkers) {
      seen[name] = [];
      for (const queue of durableQueues().flatMap((each) => [each, deadQueue(each)])) {
        const consumed = await as(name, (channel) => channel.consume(queue, () => undefined));
        if (consumed === 'done') seen[name].push(queue);
        else expect([consumed, await as(name, (channel) => channel.get(queue))]).toEqual([refused, refused]);
      }
    }
    const own = (name: string): string[] =>
      durableQueues()
        .filter((queue) => queue.startsWith(`${name}.`))
        .flatMap((queue) => [queue, deadQueue(queue)]);
    expect(seen).toEqual(Object.fromEntries(talkers.map(({ name }) => [name, own(name)])));
    expect(own('billing')).not.toEqual([]);
  });

  it('makes, empties and removes no queue that is there for it', async () => {
    for (const { name } of talkers) {
      const queue = durableQueues().find((each) => each.startsWith(`${name}.`)) ?? 'billing.charges';
      expect(await as(name, (channel) => channel.deleteQueue(queue))).toBe(refused);
      expect(await as(name, (channel) => channel.assertQueue('anything'))).toBe(refused);
      expect(await as(name, (channel) => channel.assertQueue(''))).toBe(refused);
      expect(await as(name, (channel) => channel.deleteExchange(exchanges.events))).toBe(refused);
    }
    expect(await as('sms-gateway', (channel) => channel.purgeQueue('billing.charges'))).toBe(refused);
  });

  it('publishes the events that it owns, and no other', async () => {
    const events = eventContracts().filter(
      // Those of specs in this process are nobody's.
      (event) => talkers.some(({ serves }) => serves === ownerOf(event)),
    );
    const owners = [...new Set(events.map(ownerOf))];
    expect(owners.length).toBeGreaterThan(3);
    for (const program of talkers) {
      for (const owner of owners) {
        const expected = owner === program.serves ? 'done' : refused;
        // A name that nobody listens to, so that no queue is filled.
        expect([
          program.name,
          owner,
          await as(program.name, publish(exchanges.events, `${owner}.nobody.heard`)),
        ]).toEqual([program.name, owner, expected]);
      }
      expect(await as(program.name, publish(exchanges.live, 'sms.nobody.heard'))).toBe(
        program.name === 'sms-gateway' ? 'done' : refused,
      );
    }
  });

  it('asks only services with a contract that names it', async () => {
    const services = [...new Set(rpcContracts().map(ownerOf))].filter((owner) =>
      talkers.some(({ serves }) => serves === owner),
    );
    for (const program of talkers) {
      const asked: string[] = [];
      for (const service of services)
        if ((await as(program.name, publish(exchanges.rpc, service))) === 'done') asked.push(service);
      expect([program.name, asked.sort()]).toEqual([program.name, conversationOf(program).asks]);
    }
    const asks = Object.fromEntries(talkers.map((program) => [program.name, conversationOf(program).asks]));
    expect(asks['api-gateway']).toEqual(['billing', 'identity', 'sms', 'targeting']);
    expect(asks['sms-dispatch-worker']).not.toContain('billing');
    expect(asks['campaign-targeting']).not.toContain('billing');
  });

  it('takes no request that is for another, and no answer', async () => {
    const queue = ownQueue('identity', 'answers');
    const take = (exchange: string, key: string) => (channel: Channel) =>
      channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false }).then(async () => {
        await channel.bindQueue(queue, exchange, key);
        await channel.deleteQueue(queue);
      });
    expect(await as('identity', take(exchanges.answers, queue))).toBe('done');
    expect(await as('identity', take(exchanges.answers, ownQueue('api-gateway', 'answers')))).toBe(refused);
    expect(await as('identity', take(exchanges.rpc, 'billing'))).toBe(refused);
    expect(await as('identity', take(exchanges.rpc, '#'))).toBe(refused);
    expect(await as('identity', take(exchanges.events, '#'))).toBe(refused);
    expect(await as('identity', take(exchanges.events, 'sms.inbox.received'))).toBe(refused);
    for (const inner of Object.values(innerExchanges))
      expect(await as('identity', take(inner, 'billing'))).toBe(refused);
    const foreign = ownQueue('api-gateway', 'answers');
    expect(await as('identity', (channel) => channel.assertQueue(foreign, { exclusive: true }))).toBe(
      refused,
    );
    expect(await as('identity', (channel) => channel.assertQueue(rpcQueue('billing')))).toBe(refused);
    expect(await as('identity', (channel) => channel.consume(rpcQueue('billing'), () => undefined))).toBe(
      refused,
    );
  });

  it('writes into no queue but by what is its own to say: work, retries, dead letters', async () => {
    const mayWork: Record<string, string[]> = {
      'sms-dispatch-worker': ['sms-gateway.outcomes'],
      'sms-gateway': ['sms-gateway.accounts', 'sms-gateway.holds', 'sms-gateway.outcomes'],
      billing: ['billing.charges', 'billing.margins', 'billing.accounts'],
      identity: ['identity.audit'],
    };
    for (const { name } of talkers) {
      for (const queue of durableQueues()) {
        expect([name, queue, await as(name, publish(exchanges.work, queue))]).toEqual([
          name,
          queue,
          mayWork[name]?.includes(queue) ? 'done' : refused,
        ]);
        const own = queue.startsWith(`${name}.`) ? 'done' : refused;
        expect(await as(name, publish(exchanges.dead, queue))).toBe(own);
        expect(await as(name, publish(retryExchange(1_000), queue))).toBe(own);
      }
      // By its name, and past the topic exchanges.
      for (const exchange of ['', innerExchanges.work, innerExchanges.dead, 'peyk.retry.1000'])
        expect(await as(name, publish(exchange, 'billing.charges'))).toBe(refused);
      const worker = ownQueue('sms-dispatch-worker', 'session', randomUUID());
      expect(await as(name, publish(exchanges.work, worker))).toBe(name === 'sms-gateway' ? 'done' : refused);
    }
    // What was retried comes within its second.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await purge(...durableQueues().flatMap((queue) => [queue, deadQueue(queue)]));
  });

  it('is found out where it goes round its rights: by dead letters of its own queues, by keys in headers', async () => {
    const queue = ownQueue('identity', 'answers');
    const key = 'sms.send.charged';
    const toCharges = publish(exchanges.answers, queue);
    const detour = await as('identity', async (channel) => {
      await channel.assertQueue(queue, {
        exclusive: true,
        arguments: {
          'x-message-ttl': 1,
          'x-dead-letter-exchange': exchanges.events,
          'x-dead-letter-routing-key': key,
        },
      });
      await channel.bindQueue(queue, exchanges.answers, queue);
      await toCharges(channel);
      await channel.waitForConfirms();
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    expect(detour).toBe('done');
    for (const header of ['CC', 'BCC'])
      await as('identity', (channel) =>
        Promise.resolve(
          channel.publish(exchanges.events, 'identity.nobody.heard', Buffer.from('{}'), {
            type: key,
            [header]: [key],
          }),
        ),
      );
    const channel = await admin.createChannel();
    const came: boolean[] = [];
    for (;;) {
      const message = await channel.get('billing.charges', { noAck: true });
      if (!message) break;
      const { fields, properties, content } = message;
      const delivered = { fields: { ...fields, consumerTag: '' }, properties, content };
      came.push(cameStraight(delivered, 'billing.charges', [key, 'billing.charges']));
    }
    expect(came.length).toBeGreaterThan(0);
    expect(came).not.toContain(true);
    await channel.close();
  });

  it('works with them: asks, answers, hears and is not stopped by who asks for an answer elsewhere', async () => {
    const heard: string[] = [];
    @Controller()
    class Keys {
      @HandleRpc(identityKeysRpc.list)
      keys(): Promise<{ keys: [] }> {
        return Promise.resolve({ keys: [] });
      }
      @HandleEvent(identitySubscriptions.audit, smsEvents.lineChanged)
      line(): Promise<void> {
        return Promise.resolve();
      }
      @HandleEvent(identitySubscriptions.audit, smsEvents.administered)
      administered(): Promise<void> {
        return Promise.resolve();
      }
      @HandleEvent(identitySubscriptions.audit, billingEvents.correctionRequested)
      requested(): Promise<void> {
        return Promise.resolve();
      }
      @HandleEvent(identitySubscriptions.audit, billingEvents.correctionDecided)
      decided(): Promise<void> {
        return Promise.resolve();
      }
      @HandleEvent(identitySubscriptions.audit, targetingEvents.listDeleted)
      deleted(payload: { listId: string }): Promise<void> {
        heard.push(payload.listId);
        return Promise.resolve();
      }
    }
    const identity = await testMessaging('identity', {
      rabbitmqUrl: urls['identity'],
      keyOf: tokens.keyOf,
    });
    const app = await testProgram(identity, 'identity', { controllers: [Keys] });
    const gateway = await testMessaging('api-gateway', { rabbitmqUrl: urls['api-gateway'] });
    const targeting = await testMessaging('campaign-targeting', { rabbitmqUrl: urls['campaign-targeting'] });
    const billing = await testMessaging('billing', { rabbitmqUrl: urls['billing'] });
    try {
      // A caller of before, or one that wants the service's channel to end.
      const elsewhere = ['billing.charges', `${'x'.repeat(50)}.answers.1`];
      for (let i = 0; i < 300; i++) elsewhere.push('amq.rabbitmq.reply-to.g1h2');
      await as('api-gateway', (channel) => {
        for (const replyTo of elsewhere)
          channel.publish(exchanges.rpc, 'identity', Buffer.from('{}'), {
            type: identityKeysRpc.list.name,
            replyTo,
          });
        return Promise.resolve();
      });
      for (let i = 0; i < 20; i++)
        expect(await gateway.rpc.call(identityKeysRpc.list, new EmptyDto(), 'nobody')).toEqual({ keys: [] });
      const listDeleted = (routingKey: string, by: MessagingRuntime): Promise<void> =>
        by.broker.publish({
          exchange: exchanges.events,
          routingKey,
          type: targetingEvents.listDeleted.name,
          messageId: randomUUID(),
          body: Buffer.from(
            JSON.stringify({
              listId: randomUUID(),
              customerId: randomUUID(),
              source: 'file',
              title: 'x',
              recipients: 1,
            }),
          ),
        });
      await listDeleted(targetingEvents.listDeleted.name, targeting);
      await eventually(() => expect(heard).toHaveLength(1));
      // As another's event: by the key of one that is heard there and its own to say.
      await listDeleted(billingEvents.correctionDecided.name, billing);
      const letters = await eventually(async () => {
        const { letters: all } = await gateway.rpc
          .call(
            deadLetterRpcs.identity.list,
            { queue: 'identity.audit' },
            { token: tokens.tokenOf({ accountId: randomUUID(), roles: ['admin'] }) },
          )
          .catch(() => ({ letters: [] }));
        expect(all.length).toBeGreaterThan(0);
        return all;
      });
      expect(heard).toHaveLength(1);
      expect(letters.map(({ reason }) => reason)).toContain(
        'PoisonError: came another way than its sender may use',
      );
    } finally {
      for (const { broker } of [gateway, targeting, billing]) await broker.close();
      await app.close();
      await purge('identity.audit', deadQueue('identity.audit'));
    }
  });

  it('has what every subscription needs before any program ran', async () => {
    const channel = await admin.createChannel();
    for (const { queue } of allSubscriptions()) await channel.checkQueue(queue);
    await channel.close();
  });
});
