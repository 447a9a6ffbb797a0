import { eventContracts, liveSubscriptions, ownerOf, rpcContracts, workContracts } from '@peyk/contracts';
import { identityAccessRpc } from '@peyk/contracts/identity';
import { sessionQueues } from '@peyk/contracts/sms';
import type { RpcContract } from '@peyk/contracts';
import { revocationEvents } from './revocations';
import {
  answerQueuePattern,
  deadQueue,
  durableQueues,
  exchanges,
  retryDelaysMs,
  retryExchange,
  rpcQueue,
  topology,
  topologyMark,
} from './topology';

/** A program on the broker, as deploy/programs.mjs lists it. */
export interface Talker {
  readonly name: string;
  /** First segment of the names of the contracts that it owns. */
  readonly serves?: string;
}

/** What a program says and hears, from its contracts. */
export interface Conversation {
  /** Services that it may ask: those with a contract that it may call. */
  readonly asks: readonly string[];
  /** Whether it publishes events; only such as begin with what it serves. */
  readonly publishes: boolean;
  readonly publishesLive: boolean;
  /** Events that each of its processes hears for itself. */
  readonly hears: readonly string[];
  readonly hearsLive: readonly string[];
  /** Queues (or beginnings of their names) that it sends work to. */
  readonly sendsTo: readonly string[];
  /** Durable queues that it consumes. */
  readonly consumes: readonly string[];
}

/** Regular expressions of RabbitMQ over names; `topics` over routing keys of topic exchanges. */
export interface BrokerRights {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
  readonly topics: readonly { readonly exchange: string; readonly write: string; readonly read: string }[];
}

/** Where people come in: what is for people is asked by it. */
const door = 'api-gateway';
const nothing = '^$';

export function conversationOf({ name, serves }: Talker): Conversation {
  const live = new Set<string>(liveSubscriptions.flatMap(({ events }) => events.map((event) => event.name)));
  const owned = eventContracts().filter((event) => ownerOf(event) === serves);
  return {
    asks: distinct(
      rpcContracts()
        .filter((contract) => mayAsk(name, contract))
        .map(ownerOf),
    ),
    publishes: owned.some((event) => !live.has(event.name)),
    publishesLive: owned.some((event) => live.has(event.name)),
    hears: verifiesPeople(name, serves) ? revocationEvents.map((event) => event.name) : [],
    hearsLive: liveSubscriptions
      .filter(({ program }) => program === name)
      .flatMap(({ events }) => events.map((event) => event.name)),
    sendsTo: distinct(
      workContracts()
        .filter(({ from }) => from.includes(name))
        .map(({ to }) => to),
    ),
    consumes: durableQueues().filter((queue) => queue.startsWith(`${name}.`)),
  };
}

/** What the user of a program may do on the broker, and no more (ADR 14). */
export function brokerRightsOf(program: Talker): BrokerRights {
  const { name, serves } = program;
  const { asks, publishes, publishesLive, hears, hearsLive, sendsTo, consumes } = conversationOf(program);
  const ofProcess = `${escaped(name)}\\.(answers|live|revocations|session)\\.[\\da-f-]{36}`;
  const own = [ofProcess, ...(serves ? [escaped(rpcQueue(serves))] : [])];
  const takesWork = workContracts().some(({ to }) => to === sessionQueues && to.startsWith(`${name}.`));
  const tasks = [
    ...sendsTo.map((to) => (to === sessionQueues ? `${escaped(to)}\\.[\\da-f-]{36}` : escaped(to))),
    // Its own dead letters, once more.
    ...consumes.map(escaped),
  ];
  const topics = [
    topic(exchanges.events, publishes && serves ? [`${escaped(serves)}\\..+`] : [], hears.map(escaped)),
    topic(exchanges.live, publishesLive && serves ? [`${escaped(serves)}\\..+`] : [], hearsLive.map(escaped)),
    topic(exchanges.rpc, asks.map(escaped), serves ? [escaped(serves)] : []),
    topic(exchanges.answers, serves ? [answerQueuePattern] : [], [`${escaped(name)}\\.answers\\..+`]),
    topic(exchanges.work, distinct(tasks), takesWork ? [`${escaped(sessionQueues)}\\.[\\da-f-]{36}`] : []),
    topic(exchanges.dead, consumes.map(escaped), []),
    ...retryDelaysMs.map((delayMs) => topic(retryExchange(delayMs), consumes.map(escaped), [])),
  ];
  return {
    configure: oneOf(own),
    write: oneOf([
      ...own,
      ...topics.filter(({ write }) => write !== nothing).map(({ exchange }) => escaped(exchange)),
    ]),
    read: oneOf([
      ...own,
      ...consumes.flatMap((queue) => [escaped(queue), escaped(deadQueue(queue))]),
      ...topics.filter(({ read }) => read !== nothing).map(({ exchange }) => escaped(exchange)),
    ]),
    topics,
  };
}

/** The same for people: a table of docs/services.md. */
export function rightsTable(programs: readonly (Talker & { readonly database?: string })[]): string {
  const named = (names: readonly string[]): string =>
    names.length === 0 ? '-' : names.map((name) => `\`${name}\``).join(', ');
  const rows = programs.map((program) => {
    const { name, serves = '', database } = program;
    const { asks, publishes, publishesLive, hears, hearsLive, sendsTo, consumes } = conversationOf(program);
    const says = [...(publishes ? [`${serves}.*`] : []), ...(publishesLive ? [`${serves}.* (live)`] : [])];
    const cells = [named([name]), named(database ? [database] : []), named(asks), named(says)];
    cells.push(named(consumes), named([...hears, ...hearsLive]), named(sendsTo));
    return `| ${cells.join(' | ')} |`;
  });
  const head = [
    'user of RabbitMQ',
    'database and login',
    'asks',
    'publishes',
    'consumes, with dead letters',
    'each process listens to',
    'sends work to',
  ];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}

/** As `rabbitmqctl import_definitions` and `load_definitions` take it, without the users and their passwords. */
export function brokerDefinitions(programs: readonly Talker[], vhost = 'peyk'): object {
  const all = topology();
  return {
    vhosts: [{ name: vhost }],
    permissions: programs.map((program) => {
      const { configure, write, read } = brokerRightsOf(program);
      return { user: program.name, vhost, configure, write, read };
    }),
    topic_permissions: programs.flatMap((program) =>
      brokerRightsOf(program).topics.map((rights) => ({ user: program.name, vhost, ...rights })),
    ),
    exchanges: [...all.exchanges, { name: topologyMark(), type: 'fanout' }].map(({ name, type }) => ({
      name,
      vhost,
      type,
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: {},
    })),
    queues: all.queues.map((queue) => ({
      name: queue.name,
      vhost,
      durable: true,
      auto_delete: false,
      arguments: queue.arguments,
    })),
    bindings: all.bindings.map(({ source, to, destination, key }) => ({
      source,
      vhost,
      destination,
      destination_type: to,
      routing_key: key,
      arguments: {},
    })),
  };
}

/** The same rule as the owner's check of who calls, for a whole service. */
function mayAsk(program: string, { access, callers }: RpcContract): boolean {
  if (callers?.includes(program)) return true;
  return access === 'user' ? program === door : access === 'public' && callers === undefined;
}

function verifiesPeople(name: string, serves: string | undefined): boolean {
  const { revocations } = identityAccessRpc;
  return serves === ownerOf(revocations) || (revocations.callers ?? []).includes(name);
}

function topic(
  exchange: string,
  write: readonly string[],
  read: readonly string[],
): BrokerRights['topics'][number] {
  return { exchange, write: oneOf(write), read: oneOf(read) };
}

function oneOf(patterns: readonly string[]): string {
  return patterns.length === 0 ? nothing : `^(${patterns.join('|')})$`;
}

function escaped(name: string): string {
  return name.replaceAll('.', '\\.');
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
