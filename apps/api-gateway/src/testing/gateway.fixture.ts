import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError, parseAnswer, parseDto } from '@peyk/contracts';
import type { KeyScope, Role, RpcContract, UserPrincipal } from '@peyk/contracts';
import { Authenticator, userTokenAudience, userTokenIssuer } from '@peyk/messaging';
import type { CallAs, MessagingRuntime, Revocations } from '@peyk/messaging';
import { HealthModule, ServiceKeys, createLogger, currentContext, loadConfig } from '@peyk/platform';
import type { RequestContext } from '@peyk/platform';
import { testServiceEnv } from '@peyk/testing';
import { sign } from 'jsonwebtoken';
import { GatewayConfig } from '../config';
import { gatewayModule } from '../gateway.module';
import { configureHttp, fastifyOptions, patience } from '../application';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const accountId = '0198f000-0000-7000-8000-00000000000a';

/** An access token as identity makes them. */
export function tokenOf(
  options: {
    roles?: readonly Role[];
    account?: string;
    seconds?: number;
    kid?: string;
    issuer?: string;
    session?: string;
    keyScopes?: readonly KeyScope[];
  } = {},
): string {
  const { roles = ['sms_customer'], account = accountId, seconds = 600, kid = 'k1' } = options;
  const { session = randomUUID(), keyScopes } = options;
  const claims = { sid: session, keyScopes, name: 'آزمون', roles, scopes: {}, stamp: 1, sub: account };
  return sign(
    { ...claims, exp: Math.floor(Date.now() / 1_000) + seconds },
    pair.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
    {
      algorithm: 'ES256',
      keyid: kid,
      issuer: options.issuer ?? userTokenIssuer,
      audience: userTokenAudience,
    },
  );
}

type Answer = (input: never, as: CallAs) => unknown;
export interface SeenCall {
  readonly name: string;
  readonly input: unknown;
  readonly as: CallAs;
  readonly context: RequestContext | undefined;
}

/**
 * Stands for all services. As strict as the wire: input and output pass through JSON, input is parsed by the contract's
 * class and may hold nothing else, output as the real client reads it.
 */
export class FakeServices {
  readonly calls: SeenCall[] = [];
  private readonly answers = new Map<string, Answer>();
  /** True: the broker is away. */
  down = false;

  on<I extends object, O extends object>(
    contract: RpcContract<I, O>,
    answer: (input: I, as: CallAs) => O | Promise<O>,
  ): void {
    this.answers.set(contract.name, answer);
  }

  callsOf(contract: { readonly name: string }): SeenCall[] {
    return this.calls.filter(({ name }) => name === contract.name);
  }

  async call<I extends object, O extends object>(
    contract: RpcContract<I, O>,
    input: I,
    as: CallAs,
  ): Promise<O> {
    if (this.down) throw new DomainError('service.unavailable');
    const wire: unknown = JSON.parse(JSON.stringify(input));
    const parsed = parseDto(contract.input, wire, { unknownFields: 'refuse' });
    this.calls.push({ name: contract.name, input: parsed, as, context: currentContext() });
    const answer = this.answers.get(contract.name);
    if (!answer) throw new DomainError('service.unavailable', { reason: 'no such fake' });
    const output: unknown = await answer(parsed as never, as);
    // A row that the real client would leave out is a mistake of the test.
    return parseAnswer(contract, JSON.parse(JSON.stringify(output)), (leftOut) => {
      throw new Error(`${contract.name}: ${JSON.stringify(leftOut)}`);
    });
  }
}

export interface RunningGateway {
  /** What the server answers at all: method and path as it knows them. */
  readonly served: readonly { readonly method: string; readonly path: string }[];
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly services: FakeServices;
  /** Lines that were logged. */
  readonly logged: string[];
  /** Has the tokens of a session refused, as after it was ended. */
  refuse(sessionId: string): void;
  close(): Promise<void>;
}

/** The gateway with everything around it, on a free port, before fake services. */
export async function startGateway(
  env: Record<string, string> = {},
  bounds = patience,
): Promise<RunningGateway> {
  const config = loadConfig(GatewayConfig, {
    HEALTH_PORT: '0',
    RABBITMQ_URL: 'amqp://127.0.0.1',
    ...testServiceEnv('api-gateway'),
    ...env,
  });
  const logged: string[] = [];
  const logger = createLogger('api-gateway', {
    level: 'debug',
    destination: { write: (line) => void logged.push(line) },
  });
  const services = new FakeServices();
  const refused = new Set<string>();
  const revocations = {
    check: async ({ sessionId }: UserPrincipal) => {
      if (refused.has(sessionId)) throw new DomainError('access.tokenInvalid');
    },
  } as unknown as Revocations;
  const authenticator = new Authenticator(
    new ServiceKeys(config.serviceKey, config.servicePublicKeys),
    async (kid) => {
      if (services.down) throw new DomainError('service.unavailable');
      return kid === 'k1' ? publicKey : undefined;
    },
    revocations,
  );
  const broker = { connected: true, close: async () => undefined };
  const runtime = { service: 'api-gateway', logger, broker, rpc: services, authenticator };
  const gateway = gatewayModule(config, runtime as unknown as MessagingRuntime);
  @Module({ imports: [HealthModule, gateway] })
  class Root {}
  const app = await NestFactory.create<NestFastifyApplication>(
    Root,
    new FastifyAdapter(fastifyOptions(config, bounds)),
    {
      logger: false,
      abortOnError: false,
    },
  );
  const served: { method: string; path: string }[] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) served.push({ method: each, path: url });
    });
  await configureHttp(app, config, logger, bounds);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const refuse = (sessionId: string): void => void refused.add(sessionId);
  return { served, app, url: `http://127.0.0.1:${port}`, services, logged, refuse, close: () => app.close() };
}

export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The shape is what the test asserts.
  readonly body: Record<string, unknown>;
}

/** One request; JSON in, JSON out. */
export async function ask(
  gateway: RunningGateway,
  method: string,
  path: string,
  options: { token?: string; json?: unknown; body?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { token, json } = options;
  const body = json === undefined ? options.body : JSON.stringify(json);
  const response = await fetch(gateway.url + path, {
    method,
    headers: {
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...options.headers,
    },
    body,
  });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** Names of the refused fields of an `input.invalid`. */
export function fieldsOfError({ body }: Response): { field: string; rule: string; message: string }[] {
  const details = body['details'] as
    { fields?: { field: string; rule: string; message: string }[] } | undefined;
  return details?.fields ?? [];
}
