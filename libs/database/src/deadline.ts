import { AsyncLocalStorage } from 'node:async_hooks';
import { connect } from 'node:net';
import type { PoolClient } from 'pg';

interface Deadline {
  /** Of `Date.now()`. */
  readonly atMs: number;
  /** False once the request was answered: what it left running (a loop that it woke) is not of it. */
  isOpen: boolean;
}

/** A statement has at least so long: a request must be able to store its result after a slow neighbour. */
const leastMs = 1_000;
/** Longest that a cancellation may take to reach the server. */
const cancelMs = 2_000;
/** Code of a cancel request. https://www.postgresql.org/docs/current/protocol-message-formats.html */
const cancelCode = 80_877_102;

/** Undefined: work that ends when it is done. */
const deadlines = new AsyncLocalStorage<Deadline | undefined>();

/**
 * Runs `act`, a request that nobody waits for after `atMs` (or after the deadline that it is part of, where that is
 * earlier): each statement of it is cancelled in the database at that
 * moment (SQLSTATE 57014), or a second after it began. `COMMIT` and `ROLLBACK` never are.
 */
export async function endingAt<T>(atMs: number, act: () => Promise<T>): Promise<T> {
  const outer = deadlines.getStore();
  const deadline: Deadline = { atMs: outer?.isOpen ? Math.min(atMs, outer.atMs) : atMs, isOpen: true };
  try {
    return await deadlines.run(deadline, act);
  } finally {
    deadline.isOpen = false;
  }
}

/** Runs `act` as work of its own, which no request that happened to start it ends. */
export function withoutDeadline<T>(act: () => T): T {
  return deadlines.run(undefined, act);
}

/** What the driver knows of a connection to a server, beyond its types. */
interface Backend {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
}

/** Makes statements of a new connection end with the deadline of their request. Costs a timer, no round trip. */
export function endWithDeadlines(client: PoolClient): void {
  const ask = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    const answer = ask(...args);
    const deadline = deadlines.getStore();
    // COPY and cursors answer with themselves; they belong to jobs, not to requests.
    if (!deadline?.isOpen || !(answer instanceof Promise) || endsTransaction(args[0])) return answer;
    return cancelledAt(deadline, answer, client as unknown as Backend);
  }) as PoolClient['query'];
}

function endsTransaction(statement: unknown): boolean {
  return typeof statement === 'string' && /^\s*(commit|rollback)\b/i.test(statement);
}

async function cancelledAt(deadline: Deadline, answer: Promise<unknown>, backend: Backend): Promise<unknown> {
  let cancelled: Promise<void> | undefined;
  const timer = setTimeout(
    () => {
      if (deadline.isOpen) cancelled = cancel(backend);
    },
    Math.max(leastMs, deadline.atMs - Date.now()),
  );
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    // The next statement of this connection must not be met by it.
    await cancelled;
  }
}

/**
 * Asks the server to cancel what the connection does, over a connection of its own that the server closes when it has
 * done so. It needs no rights and no TLS; where a proxy lets it not through, `statement_timeout` ends the statement.
 */
function cancel({ host, port, processID, secretKey }: Backend): Promise<void> {
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(cancelCode, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
    socket.setTimeout(cancelMs, () => socket.destroy());
    socket.once('connect', () => socket.write(request));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.resume();
  });
}
