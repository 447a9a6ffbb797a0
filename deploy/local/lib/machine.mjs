// What must hold before anything is begun; each refusal is one line that says what to do.
import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { LOCAL, LocalError, ROOT } from './local.mjs';

const FREE_BYTES_MIN = 1_000_000_000;

/** Refuses a machine or a folder that cannot run Peyk. */
export function checkMachine() {
  if (process.platform !== 'linux') {
    throw new LocalError('this runs on Linux; on other systems use: docker compose up');
  }
  try {
    mkdirSync(LOCAL, { recursive: true });
    accessSync(LOCAL, constants.W_OK | constants.X_OK);
    accessSync(ROOT, constants.W_OK | constants.X_OK);
  } catch {
    throw new LocalError(
      `no right to write in ${LOCAL}; run as the user it belongs to, or remove it as that user`,
    );
  }
  const { bavail, bsize } = statfsSync(ROOT);
  if (bavail * bsize < FREE_BYTES_MIN) {
    const free = Math.round((bavail * bsize) / 1_000_000);
    throw new LocalError(`only ${free} MB free on the disk of ${ROOT}; at least 1000 MB are needed`);
  }
}
