import { Controller } from '@nestjs/common';
import type { INestMicroservice, Type } from '@nestjs/common';
import { DomainError, EmptyDto, ownerOf, rpcContracts } from '@peyk/contracts';
import { billingWalletsRpc } from '@peyk/contracts/billing';
import { Authenticator, HandleRpc } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { ServiceKeys } from '@peyk/platform';
import { testMessaging, testProgram, testServiceKeys } from '@peyk/testing';
import { sign } from 'jsonwebtoken';
import { TALKING_PROGRAMS } from '../../../deploy/programs.mjs';

jest.setTimeout(120_000);

const programs = TALKING_PROGRAMS.map(({ name }) => name);

const contracts = rpcContracts();
const owners = [...new Set(contracts.map((contract) => ownerOf(contract)))];

/** Answers each contract of an owner with an error that no refusal has. */
function answering(owner: string): Type {
  class Answers {}
  contracts
    .filter((contract) => ownerOf(contract) === owner)
    .forEach((contract, at) => {
      const key = `answer${at}`;
      const descriptor = {
        configurable: true,
        value: () => Promise.reject(new DomainError('send.notFound')),
      };
      Object.defineProperty(Answers.prototype, key, descriptor);
      HandleRpc(contract)(Answers.prototype, key, descriptor);
      Object.defineProperty(Answers.prototype, key, descriptor);
    });
  Controller()(Answers);
  return Answers;
}

const isRefused = async (call: Promise<unknown>): Promise<boolean> => {
  const error: unknown = await call.then(
    () => undefined,
    (e: unknown) => e,
  );
  const code = error instanceof DomainError ? error.code : String(error);
  if (['access.denied', 'access.tokenMissing', 'access.tokenInvalid'].includes(code)) return true;
  // It came as far as the handler, or to the check of its input.
  expect(['send.notFound', 'input.invalid']).toContain(code);
  return false;
};

describe('5.1 one secret signed for every program, and the gateway could credit a wallet as any service', () => {
  const apps: INestMicroservice[] = [];
  const callers = new Map<string, MessagingRuntime>();

  beforeAll(async () => {
    for (const owner of owners)
      apps.push(
        await testProgram(await testMessaging(`spec-${owner}`), owner, { controllers: [answering(owner)] }),
      );
    for (const program of programs) callers.set(program, await testMessaging(program));
  });
  afterAll(async () => {
    for (const { broker } of callers.values()) await broker.close();
    for (const app of apps) await app.close();
  });

  it('every contract answers exactly the programs that it names', async () => {
    const wrong: string[] = [];
    let walked = 0;
    for (const contract of contracts) {
      await Promise.all(
        programs.map(async (program) => {
          const runtime = callers.get(program);
          const as = contract.access === 'public' ? 'nobody' : 'service';
          const refused = await isRefused(
            runtime?.rpc.call(contract, new EmptyDto(), as) ?? Promise.resolve(),
          );
          const anybody = contract.access === 'public' && !contract.callers;
          const expected = !anybody && !contract.callers?.includes(program);
          walked += 1;
          if (refused !== expected) wrong.push(`${program} ${contract.name}`);
        }),
      );
    }
    expect(wrong).toEqual([]);
    expect(walked).toBe(contracts.length * programs.length);
  });

  it('the gateway may not credit a wallet, place a hold or take heartbeats', () => {
    for (const contract of contracts)
      if (/^billing\.(wallets\.credit|holds\.)|^sms\.workers\./.test(contract.name))
        expect([contract.name, contract.callers]).not.toEqual([
          contract.name,
          expect.arrayContaining(['api-gateway']),
        ]);
    expect(billingWalletsRpc.credit.callers).toEqual([]);
  });

  it('what is for everybody without a name is the keys of identity alone', () => {
    const open = contracts.filter(({ access, callers: named }) => access === 'public' && !named);
    expect(open.map(({ name }) => name)).toEqual(['identity.keys.list']);
  });

  it('names only programs of the list, or one that is to come', () => {
    const named = new Set(contracts.flatMap((contract) => contract.callers ?? []));
    for (const name of named) expect([...programs, 'internship']).toContain(name);
  });
});

describe("a program's token", () => {
  const authenticator = (program: string): Authenticator => {
    const { serviceKey, servicePublicKeys } = testServiceKeys(program);
    return new Authenticator(
      new ServiceKeys(serviceKey, servicePublicKeys),
      () => Promise.resolve(undefined),
      undefined as never,
    );
  };
  const billing = authenticator('billing');
  const gateway = authenticator('api-gateway');
  const refusedBy = (token: string, owner: string): Promise<unknown> =>
    billing.authenticate(token, owner).then(
      () => 'accepted',
      (error: DomainError) => error.code,
    );

  it('is for the service that is called with it, and no other', async () => {
    expect(await billing.authenticate(gateway.serviceToken('billing'), 'billing')).toEqual({
      kind: 'service',
      service: 'api-gateway',
    });
    expect(await refusedBy(gateway.serviceToken('sms'), 'billing')).toBe('access.tokenInvalid');
    // Also once it is remembered as good elsewhere.
    const token = gateway.serviceToken('billing');
    await billing.authenticate(token, 'billing');
    expect(await refusedBy(token, 'sms')).toBe('access.tokenInvalid');
  });

  it('speaks for the program of its key only, and not for long', async () => {
    const { serviceKey, servicePublicKeys } = testServiceKeys('api-gateway');
    const keys = new ServiceKeys(serviceKey, servicePublicKeys);
    const make = (subject: string, expiresIn: number): string =>
      sign({}, keys.privateKey, {
        ...{ algorithm: 'ES256', keyid: keys.kid },
        ...{ subject, audience: 'peyk-internal:billing', expiresIn },
      });
    expect(await refusedBy(make('api-gateway', 60), 'billing')).toBe('accepted');
    expect(await refusedBy(make('sms-gateway', 60), 'billing')).toBe('access.tokenInvalid');
    expect(await refusedBy(make('api-gateway', 3_600), 'billing')).toBe('access.tokenInvalid');
    expect(await refusedBy(make('api-gateway', -1), 'billing')).toBe('access.tokenInvalid');
  });
});
