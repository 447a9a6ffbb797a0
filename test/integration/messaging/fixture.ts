import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { defineEvent, defineRpc, DomainError, EmptyDto, type EventContract, IntField, StringField } from '@peyk/contracts';
import { createDataSource } from '@peyk/database';
import type { DatabaseOptions } from '@peyk/database';
import { CreateMessaging1790000000000, declareQueue, exchanges, messagingEntities } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { migratedDatabase } from '@peyk/testing';
import type { DataSource } from 'typeorm';

// A busy machine is no failure; what is bounded is measured by the specs themselves.
jest.setTimeout(90_000);

export class NoteDto {
  @StringField({ description: 'Text', maxLength: 1_000 })
  text!: string;
  @IntField({ description: 'Milliseconds to think', min: 0, max: 60_000, optional: true })
  thinkMs?: number;
}

export class NumberedDto {
  @StringField({ description: 'About what', maxLength: 100 })
  about!: string;
  @IntField({ description: 'Number', min: 0, max: 1_000_000 })
  number!: number;
}

// A name of its own for each spec file: queues of an earlier one do not reach it.
const service = `probe${randomBytes(4).toString('hex')}`;
const common = { does: 'Serves a spec.', errors: [] } as const;

export const probe = {
  service,
  echo: defineRpc({
    ...common,
    name: `${service}.notes.echo`,
    input: NoteDto,
    output: NoteDto,
    access: 'public',
    deadlineMs: 1_500,
  }),
  whoami: defineRpc({
    ...common,
    name: `${service}.notes.whoami`,
    input: EmptyDto,
    output: NoteDto,
    access: 'user',
    permission: { roles: 'everyone' },
  }),
  internalOnly: defineRpc({
    ...common,
    name: `${service}.notes.internalOnly`,
    callers: ['spec-caller', 'spec'],
    input: EmptyDto,
    output: NoteDto,
    access: 'service',
  }),
  numbered: defineEvent({
    name: `${service}.note.numbered`,
    version: 1,
    payload: NumberedDto,
    when: 'In specs.',
  }),
  shown: defineEvent({ name: `${service}.note.shown`, version: 1, payload: NumberedDto, when: 'In specs.' }),
};

/** A subscription like those in contracts, known to this spec only. */
export const probeQueue = { queue: `${service}.numbers`, events: [probe.numbered] } as const;

/** Makes the queue, with its dead letters, bound to its events. */
export async function declareSubscription(
  runtime: MessagingRuntime,
  { queue, events }: { readonly queue: string; readonly events: readonly EventContract[] },
): Promise<void> {
  await onChannel(runtime, async (channel) => {
    await declareQueue(channel, queue);
    for (const event of events) await channel.bindQueue(queue, exchanges.events, event.name);
  });
}

type Setup = Parameters<MessagingRuntime['broker']['open']>[1];

/** Does something once on a channel of its own. */
export async function onChannel(runtime: MessagingRuntime, act: Setup): Promise<void> {
  const opened = runtime.broker.open('spec', act);
  await opened.waitForConnect();
  await opened.close();
}

export async function removeQueues(runtime: MessagingRuntime, ...queues: readonly string[]): Promise<void> {
  await onChannel(runtime, async (channel) => {
    for (const queue of queues) await channel.deleteQueue(queue);
  });
}

export function refuse(): never {
  throw new DomainError('wallet.insufficientCredit', { missingRials: 12 });
}

export interface MessagingDatabase {
  readonly source: DataSource;
  drop(): Promise<void>;
}

/** A database with outbox and inbox. */
export async function messagingDatabase(): Promise<MessagingDatabase> {
  const options = (url: string): DatabaseOptions => ({
    url,
    entities: messagingEntities,
    migrations: [CreateMessaging1790000000000],
    poolMax: 10,
    applicationName: 'peyk-spec',
  });
  // Each migration would say that it ran.
  Logger.overrideLogger(['error', 'fatal']);
  const scratch = await migratedDatabase(options);
  const source = await createDataSource(options(scratch.url)).initialize();
  return {
    source,
    async drop() {
      await source.destroy();
      await scratch.drop();
    },
  };
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds that `act` took. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}
