import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { identityEvents } from '@peyk/contracts/identity';
import type { EmptyDto, EventContract, UserPrincipal } from '@peyk/contracts';
import type { RevocationsDto } from '@peyk/contracts/identity';
import { HandleRpc, exchanges } from '@peyk/messaging';
import type { Caller, MessagingRuntime } from '@peyk/messaging';
import { TestTokens, eventually, testMessaging, testProgram } from '@peyk/testing';
import { NoteDto, probe } from './fixture';

const none: RevocationsDto = { accountIds: [], stamps: [], sessionIds: [] };
const tokens = new TestTokens();
let caller: MessagingRuntime;
let program: { close(): Promise<void> };
/** What identity would answer; undefined: it is away. */
let known: RevocationsDto | undefined;

@Controller()
class ProbeController {
  @HandleRpc(probe.whoami)
  async whoami(_input: EmptyDto, { principal }: Caller): Promise<NoteDto> {
    return { text: principal?.kind === 'user' ? principal.accountId : '' };
  }
}

async function start(knows: RevocationsDto | undefined): Promise<void> {
  known = knows;
  const answerer = await testMessaging(probe.service, {
    keyOf: tokens.keyOf,
    revocations: () => (known ? Promise.resolve(known) : Promise.reject(new Error('away'))),
  });
  program = await testProgram(answerer, probe.service, { controllers: [ProbeController] });
}

/** `ok`, or the code of the refusal. */
const answer = (user: Partial<UserPrincipal>, token = tokens.tokenOf(user)): Promise<string> =>
  caller.rpc.call(probe.whoami, {}, { token }).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

async function tell<P extends object>(contract: EventContract<P>, payload: P): Promise<void> {
  await caller.broker.publish({
    exchange: exchanges.events,
    routingKey: contract.name,
    type: contract.name,
    messageId: randomUUID(),
    body: Buffer.from(JSON.stringify(payload)),
  });
}

const changed = (accountId: string, stamp: number, disabled = false): object => ({
  accountId,
  name: 'x',
  grants: [],
  disabled,
  stamp,
});

beforeAll(async () => {
  caller = await testMessaging('spec-caller');
});
afterAll(() => caller.broker.close());
afterEach(() => program.close());

describe('tokens that have not run out', () => {
  it('IDN-210 are refused at once after a change of roles, a disabled account, an ended session', async () => {
    await start(none);
    const changes = [
      ['accountUpdated', 2],
      ['accountDisabled', 2],
    ] as const;
    for (const [event, stamp] of changes) {
      const user = { accountId: randomUUID(), stamp: 1 };
      const token = tokens.tokenOf(user);
      expect(await answer(user, token)).toBe('ok');
      await tell(identityEvents[event], changed(user.accountId, stamp) as never);
      await eventually(async () => expect(await answer(user, token)).toBe('access.tokenInvalid'));
      expect(await answer({ ...user, stamp })).toBe('ok');
      expect(await answer({ accountId: randomUUID(), stamp: 1 })).toBe('ok');
    }
    const user = { accountId: randomUUID(), sessionId: randomUUID() };
    const token = tokens.tokenOf(user);
    expect(await answer(user, token)).toBe('ok');
    const ended = { sessionId: user.sessionId, accountId: user.accountId, reason: 'signed_out' } as const;
    await tell(identityEvents.sessionEnded, ended);
    await eventually(async () => expect(await answer(user, token)).toBe('access.tokenInvalid'));
    expect(await answer({ ...user, sessionId: randomUUID() })).toBe('ok');
  });

  it('an older event does not lower a stamp', async () => {
    await start(none);
    const accountId = randomUUID();
    expect(await answer({ accountId, stamp: 1 })).toBe('ok');
    await tell(identityEvents.accountUpdated, changed(accountId, 5) as never);
    await tell(identityEvents.accountUpdated, changed(accountId, 3) as never);
    await eventually(async () => expect(await answer({ accountId, stamp: 4 })).toBe('access.tokenInvalid'));
    expect(await answer({ accountId, stamp: 5 })).toBe('ok');
  });

  it('are refused by a program that was not there when it happened', async () => {
    const [accountId, sessionId] = [randomUUID(), randomUUID()];
    await start({ accountIds: [accountId], stamps: [7], sessionIds: [sessionId] });
    expect(await answer({ accountId, stamp: 6 })).toBe('access.tokenInvalid');
    expect(await answer({ accountId, stamp: 7 })).toBe('ok');
    expect(await answer({ sessionId })).toBe('access.tokenInvalid');
  });

  it('are refused by their age when too much changed to be listed', async () => {
    await start({ ...none, issuedBefore: new Date(Date.now() + 5_000).toISOString() });
    expect(await answer({})).toBe('access.tokenInvalid');
    expect(await answer({}, tokens.tokenOf({}, { notBefore: 0, expiresIn: 300 }))).toBe(
      'access.tokenInvalid',
    );
  });

  it('are not accepted before identity was asked, and then they are', async () => {
    await start(undefined);
    expect(await answer({})).toBe('service.unavailable');
    known = none;
    await eventually(async () => expect(await answer({})).toBe('ok'));
  });
});
