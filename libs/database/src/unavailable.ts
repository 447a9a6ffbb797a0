import { sqlState } from './transaction';

/**
 * No connection, none left, or the server stops: 08 connection, 53 resources, 57P0x shutdown, 25P03 a transaction that
 * was ended for being idle, 25006 a server that is only read (a standby after a failover).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const awayStates = /^(08...|53...|57P0.|25P03|25006)$/;
/** A statement that was cancelled: by `statement_timeout`, or by the deadline of its request. */
const cancelledState = '57014';
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What `pg`, its pool and TypeORM say without a code of these; the last is the server's, of a database that was closed. */
const driverTexts = [
  /^timeout exceeded when trying to connect/,
  /^Connection terminated/,
  /^Client has encountered a connection error/,
  /^Client was closed/,
  /^Cannot use a pool after calling end/,
  /^Query read timeout/,
  /^Driver not Connected/,
  /is not currently accepting connections$/,
];

/** Whether the database could not be asked: it is away, or has no connection left. The same later may succeed. */
export function isDatabaseAway(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const state = sqlState(cause);
    if (state !== undefined && awayStates.test(state)) return true;
    if ('code' in cause && typeof cause.code === 'string' && socketCodes.has(cause.code)) return true;
    return driverTexts.some((text) => text.test(cause.message));
  });
}

/** Whether the database gave no answer in time: it is away, or the statement ran into its deadline. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isDatabaseAway(error) || causesOf(error).some((cause) => sqlState(cause) === cancelledState);
}

/** The error and what it was thrown for, at most five deep. */
function causesOf(error: unknown): Error[] {
  const found: Error[] = [];
  for (let at = error; at instanceof Error && found.length < 5; at = at.cause) found.push(at);
  return found;
}
