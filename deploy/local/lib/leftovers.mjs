// Ends what runs in a state folder, in order, no matter who started it and how that one ended.
import { endAll, findOwn, signal } from './processes.mjs';
import { quitPostgres, stopPostgres } from './postgres.mjs';
import { killRabbit, stopRabbit } from './rabbit.mjs';

const DRAIN_TIMEOUT_MS = 15_000;

/**
 * @param {string} dir state folder
 * @returns {Promise<string[]>} names of the processes that were there
 */
export async function endLeftovers(dir) {
  const programs = findOwn(dir).filter(({ name }) => name !== 'rabbitmq');
  const names = programs.map(({ name }) => name);
  if (findOwn(dir, 'rabbitmq').length > 0) names.push('rabbitmq');
  await endAll(programs, DRAIN_TIMEOUT_MS);
  const [hadPostgres] = await Promise.all([stopPostgres(dir), stopRabbit(dir)]);
  if (hadPostgres) names.push('postgres');
  return names;
}

/**
 * Ends at once what nobody needs the data of any more.
 * @param {string} dir state folder
 */
export async function abandon(dir) {
  await Promise.all([quitPostgres(dir), killRabbit(dir)]);
  killLeftovers(dir);
}

/**
 * The last word before the process ends: whatever was begun meanwhile.
 * @param {string} dir state folder
 */
export function killLeftovers(dir) {
  for (const { pid } of findOwn(dir)) signal(pid, 'SIGKILL');
}
