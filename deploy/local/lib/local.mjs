// Where things are, and the one error class whose message alone is shown to the person at the keyboard.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the clone, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** State of `npm start`. Scratch states of tests are folders below `TEST_STATES`. */
export const LOCAL = join(ROOT, '.local');
export const TEST_STATES = join(LOCAL, 'test');
/** Downloaded binaries, shared by all states and kept by `npm run reset`. */
export const TOOLS = join(LOCAL, 'tools');

/** An expected refusal: its message is one line that says what to do; no stack is shown. */
export class LocalError extends Error {}

/**
 * Runs a command's body; an expected refusal becomes one line and exit code 1.
 * @param {string} command name as typed, such as `npm start`
 * @param {() => Promise<number>} body resolves to the exit code
 * @returns {Promise<never>}
 */
export async function runCommand(command, body) {
  try {
    process.exit(await body());
  } catch (error) {
    console.error(`${command}: ${error instanceof LocalError ? error.message : describe(error)}`);
    process.exit(1);
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function describe(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * @param {unknown} error
 * @returns {string | undefined} `ENOENT` and its like
 */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/**
 * @param {string} text
 * @returns {string} 12 hex digits
 */
export function shortHash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * @param {string} file
 * @returns {any} parsed JSON, undefined where there is no such file or it was cut short
 */
export function readJson(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const TAIL_BYTES = 8192;

/**
 * @param {string} file
 * @param {number} lines
 * @returns {string} the file's last lines, empty where there is none
 */
export function tailOf(file, lines) {
  if (!existsSync(file)) return '';
  const fd = openSync(file, 'r');
  try {
    const size = fstatSync(fd).size;
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    closeSync(fd);
  }
}
