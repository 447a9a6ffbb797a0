import { createHmac } from 'node:crypto';
import { Controller } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { defineRpc, DomainError, EmptyDto } from '@peyk/contracts';
import { smsLinesRpc } from '@peyk/contracts/sms';
import type { RpcContract, UserPrincipal } from '@peyk/contracts';
import { declareRpcQueue, exchanges, HandleRpc } from '@peyk/messaging';
import type { CallAs, Caller, MessagingRuntime } from '@peyk/messaging';
import { TestTokens, testMessaging, testProgram } from '@peyk/testing';
import { NoteDto, onChannel, probe, refuse, removeQueues, sleep, timed } from './fixture';

const { service } = probe;
const plain = {
  does: 'Serves a spec.',
  errors: [],
  access: 'public',
  input: EmptyDto,
  output: NoteDto,
} as const;
const refused = defineRpc({ ...plain, name: `${service}.notes.refused` });
const broken = defineRpc({ ...plain, name: `${service}.notes.broken` });
const wrongOutput = defineRpc({ ...plain, name: `${service}.notes.wrongOutput` });
const unspeakable = defineRpc({ ...plain, name: `${service}.notes.unspeakable` });
const unknown = defineRpc({ ...plain, name: `${service}.notes.unknown` });
const elsewhere = defineRpc({ ...plain, name: `${service}away.notes.echo` });

const handled: string[] = [];

@Controller()
class NotesController {
  @HandleRpc(probe.echo)
  async echo(note: NoteDto): Promise<NoteDto> {
    handled.push(note.text);
    await sleep(note.thinkMs ?? 0);
    return note;
  }
  @HandleRpc(probe.whoami)
  async whoami(_input: EmptyDto, { principal, client }: Caller): Promise<NoteDto> {
    return { text: JSON.stringify({ ...principal, client }) };
  }
  @HandleRpc(probe.internalOnly)
  async internalOnly(_input: EmptyDto, { principal }: Caller): Promise<NoteDto> {
    return { text: principal?.kind === 'service' ? principal.service : 'nobody' };
  }
  @HandleRpc(refused)
  async refused(): Promise<NoteDto> {
    return refuse();
  }
  @HandleRpc(broken)
  async broken(): Promise<NoteDto> {
    throw new Error('password=hunter2');
  }
  @HandleRpc(wrongOutput)
  async wrongOutput(): Promise<NoteDto> {
    return { text: 12 } as unknown as NoteDto;
  }
  @HandleRpc(unspeakable)
  async unspeakable(): Promise<NoteDto> {
    return { text: 12n } as unknown as NoteDto;
  }
}

const tokens = new TestTokens();
const others = new TestTokens();
let caller: MessagingRuntime;
let program: INestMicroservice;

const code = async (
  contract: RpcContract<EmptyDto, NoteDto>,
  as: CallAs,
  from: MessagingRuntime = caller,
): Promise<string> => {
  const error: unknown = await from.rpc.call(contract, {}, as).then(
    () => 'answered',
    (e: unknown) => e,
  );
  return error instanceof DomainError ? error.code : String(error);
};

async function startProgram(): Promise<INestMicroservice> {
  const runtime = await testMessaging(service, { keyOf: tokens.keyOf });
  return testProgram(runtime, service, { controllers: [NotesController] });
}

beforeAll(async () => {
  caller = await testMessaging('spec-caller');
  program = await startProgram();
});
afterAll(async () => {
  await program.close();
  await removeQueues(caller, `${service}.rpc`);
  await caller.broker.close();
});

describe('an RPC', () => {
  it('answers', async () => {
    expect(await caller.rpc.call(probe.echo, { text: 'سلام' }, 'nobody')).toEqual({ text: 'سلام' });
  });

  it('carries the code and details of a refusal, and nothing of an unexpected error', async () => {
    await expect(caller.rpc.call(refused, {}, 'nobody')).rejects.toMatchObject({
      code: 'wallet.insufficientCredit',
      details: { missingRials: 12 },
    });
    const error: unknown = await caller.rpc.call(broken, {}, 'nobody').catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'internal', details: undefined });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it('names the wrong field of an input, and ignores fields that it does not know', async () => {
    const wrong = { text: 12 } as unknown as NoteDto;
    await expect(caller.rpc.call(probe.echo, wrong, 'nobody')).rejects.toMatchObject({
      code: 'input.invalid',
      details: { fields: expect.arrayContaining([expect.objectContaining({ field: 'text' })]) as unknown },
    });
    const newer = { text: 'x', fromTheFuture: true } as NoteDto;
    expect(await caller.rpc.call(probe.echo, newer, 'nobody')).toEqual({ text: 'x' });
  });

  it('does not blame the caller for an answer that is wrong or cannot be written', async () => {
    expect(await code(wrongOutput, 'nobody')).toBe('internal');
    expect(await code(unspeakable, 'nobody')).toBe('internal');
  });

  it('refuses a body that is not JSON', async () => {
    const replies: string[] = [];
    const opened = caller.broker.open('spec', async (channel) => {
      const take = (message: { content: Buffer } | null): unknown =>
        message && replies.push(message.content.toString());
      await channel.consume('amq.rabbitmq.reply-to', take, { noAck: true });
      channel.publish(exchanges.rpc, service, Buffer.from('{"text":'), {
        replyTo: 'amq.rabbitmq.reply-to',
        type: probe.echo.name,
      });
    });
    await opened.waitForConnect();
    while (replies.length === 0) await sleep(5);
    expect(JSON.parse(replies[0] ?? '')).toMatchObject({ error: { code: 'input.invalid' } });
    await opened.close();
  });

  it('5.2 is answered by a program of before, which is bound as it was and answers by the queue’s name', async () => {
    const queue = `${service}away.rpc`;
    const opened = caller.broker.open('spec', async (channel) => {
      await channel.assertQueue(queue, { autoDelete: true });
      await channel.bindQueue(queue, 'peyk.rpc', `${service}away`);
      await channel.consume(queue, (message) => {
        if (!message) return;
        const { replyTo, correlationId } = message.properties as { replyTo: string; correlationId: string };
        channel.publish('', replyTo, Buffer.from('{"ok":{"text":"from before"}}'), { correlationId });
        channel.ack(message);
      });
    });
    await opened.waitForConnect();
    expect(await caller.rpc.call(elsewhere, { text: 'x' }, 'nobody')).toEqual({ text: 'from before' });
    await opened.close();
    await removeQueues(caller, queue);
  });

  it('is unavailable where the service does not know its name', async () => {
    expect(await code(unknown, 'nobody')).toBe('service.unavailable');
  });

  it('is unavailable at once where no such service runs', async () => {
    const tookMs = await timed(async () => {
      expect(await code(elsewhere, 'nobody')).toBe('service.unavailable');
    });
    expect(tookMs).toBeLessThan(elsewhere.deadlineMs / 5);
  });

  it('is unavailable at once where the queue of the service is full', async () => {
    const queue = `${service}away.rpc`;
    await onChannel(caller, async (channel) => {
      await declareRpcQueue(channel, `${service}away`);
      for (let i = 0; i < 5_000; i++) channel.sendToQueue(queue, Buffer.from('{}'));
      await channel.waitForConfirms();
    });
    const tookMs = await timed(async () => {
      expect(await code(elsewhere, 'nobody')).toBe('service.unavailable');
    });
    expect(tookMs).toBeLessThan(elsewhere.deadlineMs / 5);
    await removeQueues(caller, queue);
  });

  it('ends at its deadline, and the late answer reaches nobody', async () => {
    const tookMs = await timed(() =>
      expect(caller.rpc.call(probe.echo, { text: 'slow', thinkMs: 1_800 }, 'nobody')).rejects.toMatchObject({
        code: 'service.unavailable',
      }),
    );
    expect(tookMs).toBeGreaterThanOrEqual(probe.echo.deadlineMs - 5);
    expect(tookMs).toBeLessThan(probe.echo.deadlineMs + 500);
    await sleep(400);
    expect(await caller.rpc.call(probe.echo, { text: 'next' }, 'nobody')).toEqual({ text: 'next' });
  });

  it('answers 200 at once, each with its own', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => `note ${i}`);
    const answers = await Promise.all(texts.map((text) => caller.rpc.call(probe.echo, { text }, 'nobody')));
    expect(answers.map(({ text }) => text)).toEqual(texts);
  });

  it('is not run when it comes after its deadline', async () => {
    await onChannel(caller, async (channel) => {
      channel.publish(exchanges.rpc, service, Buffer.from('{"text":"too late"}'), {
        type: probe.echo.name,
        headers: { deadline: Date.now() - 1 },
      });
    });
    await caller.rpc.call(probe.echo, { text: 'after it' }, 'nobody');
    expect(handled).toContain('after it');
    expect(handled).not.toContain('too late');
  });
});

describe('who calls', () => {
  const user: Partial<UserPrincipal> = {
    accountId: '0198f000-0000-7000-8000-00000000000a',
    sessionId: '0198f000-0000-7000-8000-0000000000cc',
    roles: ['sms_customer'],
    name: 'رضا',
  };
  const whoami = async (token: string): Promise<unknown> =>
    JSON.parse((await caller.rpc.call(probe.whoami, {}, { token })).text);

  it('arrives as the principal of a valid token', async () => {
    expect(await whoami(tokens.tokenOf(user))).toEqual({ kind: 'user', scopes: {}, stamp: 1, ...user });
  });

  it('comes with where the person sits; what is no such thing is left out', async () => {
    const from = async (client: unknown): Promise<unknown> => {
      const as = { token: tokens.tokenOf(user), client } as CallAs;
      const { text } = await caller.rpc.call(probe.whoami, {}, as);
      return (JSON.parse(text) as { client?: unknown }).client;
    };
    const laptop = { address: '2001:db8::7', device: 'مرورگر' };
    expect(await from({ ...laptop, deviceToken: 'a secret of the browser' })).toEqual(laptop);
    expect(await from({ address: 'x'.repeat(1_000), device: '' })).toEqual({
      address: 'x'.repeat(64),
      device: '',
    });
    for (const wrong of [undefined, 'here', { address: 7, device: '' }, ['a']])
      expect(await from(wrong)).toBeUndefined();
  });

  it('drops roles that do not exist', async () => {
    const roles = ['sms_customer', 'god'] as never;
    expect(await whoami(tokens.tokenOf({ ...user, roles }))).toMatchObject({ roles: ['sms_customer'] });
  });

  it('may be nobody for public calls only', async () => {
    expect(await code(probe.whoami, 'nobody')).toBe('access.tokenMissing');
    expect(await code(probe.internalOnly, 'nobody')).toBe('access.tokenMissing');
  });

  it('must be a service for calls between services', async () => {
    expect(await caller.rpc.call(probe.internalOnly, {}, 'service')).toEqual({ text: 'spec-caller' });
    expect(await code(probe.internalOnly, { token: tokens.tokenOf({ ...user, roles: ['admin'] }) })).toBe(
      'access.denied',
    );
  });

  it('must be known by its key to be a service', async () => {
    const stranger = await testMessaging('stranger');
    expect(await code(probe.internalOnly, 'service', stranger)).toBe('access.tokenInvalid');
    await stranger.broker.close();
  });

  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const wrongTokens: readonly [string, () => string][] = [
    ['expired', () => tokens.tokenOf(user, { expiresIn: -1 })],
    ['not valid yet', () => tokens.tokenOf(user, { notBefore: 60 })],
    ['for another audience', () => tokens.tokenOf(user, { audience: 'peyk-internal' })],
    ['by another issuer', () => tokens.tokenOf(user, { issuer: 'somebody' })],
    ['by an unknown key', () => others.tokenOf(user)],
    ['by another key under a known id', () => others.tokenOf(user, { keyid: tokens.kid })],
    ['without key id', () => tokens.tokenOf(user, { keyid: '' })],
    ['with other claims under the same signature', () => swapClaims(tokens.tokenOf(user))],
    ['without algorithm', () => `${encode({ alg: 'none', kid: tokens.kid })}.${claimsOf(user)}.`],
    ['signed by HMAC with the public key', () => hmac({ alg: 'HS256', kid: tokens.kid }, tokens.publicKey)],
    ['that says ES256 but is an HMAC', () => hmac({ alg: 'ES256', kid: tokens.kid }, tokens.publicKey)],
    ['that is no token', () => 'abc'],
    ['whose header is null', () => `${Buffer.from('null').toString('base64url')}.${claimsOf(user)}.x`],
    ['that is empty', () => ''],
    ['that is far too long', () => `${tokens.tokenOf(user)}${'a'.repeat(5_000)}`],
  ];
  const claimsOf = (of: Partial<UserPrincipal>): string =>
    encode({
      sub: of.accountId,
      sid: of.sessionId,
      roles: ['admin'],
      iss: 'peyk-identity',
      aud: 'peyk',
      exp: Math.floor(Date.now() / 1_000) + 300,
    });
  const swapClaims = (token: string): string => {
    const [header = '', , signature = ''] = token.split('.');
    return `${header}.${claimsOf(user)}.${signature}`;
  };
  const hmac = (header: object, key: string): string => {
    const signed = `${encode(header)}.${claimsOf(user)}`;
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  };

  it.each(wrongTokens)('is refused with a token %s', async (_what, token) => {
    expect(await code(probe.whoami, { token: token() })).toMatch(/^access\.token(Invalid|Missing)$/);
  });

  it('is asked anew once a token has ended, however often it was good before', async () => {
    const token = tokens.tokenOf(user, { expiresIn: 1 });
    expect(await whoami(token)).toMatchObject({ kind: 'user' });
    await sleep(1_100);
    expect(await code(probe.whoami, { token })).toBe('access.tokenInvalid');
  });
});

describe('a program that answers RPCs', () => {
  const start = async (controllers: (new () => object)[], serves: string | undefined): Promise<void> => {
    const runtime = await testMessaging('spec-wrong');
    try {
      const app = await testProgram(runtime, serves, { controllers });
      await app.close();
    } finally {
      await runtime.broker.close();
    }
  };

  it('does not start with two handlers for one call', async () => {
    @Controller()
    class Second {
      @HandleRpc(probe.echo)
      async echo(note: NoteDto): Promise<NoteDto> {
        return note;
      }
    }
    await expect(start([NotesController, Second], service)).rejects.toThrow(
      `two handlers for ${probe.echo.name}`,
    );
  });

  it('does not start with a handler for a call of another service', async () => {
    @Controller()
    class Stranger {
      @HandleRpc(smsLinesRpc.list)
      async lines(): Promise<never> {
        throw new Error();
      }
    }
    await expect(start([Stranger], service)).rejects.toThrow('but this program serves');
  });

  it('does not run again what a replica that died may have run, and says so at once', async () => {
    await program.close();
    await onChannel(caller, async (channel) => {
      await declareRpcQueue(channel, service);
    });
    const call = caller.rpc.call(probe.echo, { text: 'was in a dying hand' }, 'nobody');
    const refusal = expect(call).rejects.toMatchObject({ code: 'service.unavailable' });
    // A channel that closes with the message in hand, as that of a killed program does.
    await onChannel(caller, async (channel) => {
      while (!(await channel.get(`${service}.rpc`))) await sleep(5);
    });
    program = await startProgram();
    await refusal;
    expect(handled).not.toContain('was in a dying hand');
  });

  it('finishes what it has in hand when it stops, and takes nothing new', async () => {
    const second = await startProgram();
    await program.close();
    const slow = caller.rpc.call(probe.echo, { text: 'in hand', thinkMs: 600 }, 'nobody');
    while (!handled.includes('in hand')) await sleep(5);
    const closing = second.close();
    await sleep(50);
    const late = caller.rpc.call(probe.echo, { text: 'came while it stopped' }, 'nobody');
    expect(await slow).toEqual({ text: 'in hand', thinkMs: 600 });
    await closing;
    expect(handled).not.toContain('came while it stopped');
    // It waits in the queue for a restart that takes less than its deadline.
    program = await startProgram();
    expect(await late).toEqual({ text: 'came while it stopped' });
  });
});
