// Progress on the console: what has begun, what is still going on, what it took.

const HEARTBEAT_MS = 10_000;

/** @typedef {(line: string) => void} Print */

/**
 * Runs a step and says so: its beginning, a line every 10 s, its end with the seconds it took.
 * @template T
 * @param {Print} print
 * @param {string} title
 * @param {() => Promise<T>} body
 * @param {(value: T) => string | undefined} [note] what to add to the closing line
 * @returns {Promise<T>}
 */
export async function step(print, title, body, note = () => undefined) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  print(`  .. ${title}`);
  const heartbeat = setInterval(() => print(`  .. ${title}: still at it after ${seconds()}`), HEARTBEAT_MS);
  try {
    const value = await body();
    const added = note(value);
    print(`  ok ${title}${added ? `: ${added}` : ''} (${seconds()})`);
    return value;
  } finally {
    clearInterval(heartbeat);
  }
}
