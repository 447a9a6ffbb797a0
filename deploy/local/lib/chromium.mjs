// The browser of the panel's tests: this machine's, or Debian's package, which only root can install. The headless shell
// is the same Chromium without the browser's own windows, tabs and services around the page, which cost a quarter of a
// test's processor time.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { LocalError, TOOLS } from './local.mjs';
import { runToEnd, withLock } from './processes.mjs';

const UPDATE_TIMEOUT_MS = 120_000;
const INSTALL_TIMEOUT_MS = 300_000;
const COMMANDS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/**
 * @param {string} dir state folder, for logs
 * @param {import('./steps.mjs').Print} print
 * @returns {Promise<string>} path of a Chromium
 */
export async function ensureChromium(dir, print) {
  const found = installedChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    throw new LocalError(
      'the browser tests need Chromium: install it (on Debian: apt-get install chromium) and begin again',
    );
  }
  print('  .. Chromium: none here; installing the distribution’s package');
  await withLock(join(TOOLS, 'chromium'), async () => {
    if (installedChromium()) return;
    const apt = {
      ...{ dir, name: 'chromium', cwd: '/', failure: 'Chromium could not be installed' },
      file: 'apt-get',
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    };
    await runToEnd({ ...apt, args: ['update'], timeoutMs: UPDATE_TIMEOUT_MS });
    // Older releases of Debian and others have no headless shell.
    /** @param {string} name */
    const install = (name) =>
      runToEnd({
        ...apt,
        args: ['install', '-y', '--no-install-recommends', name],
        timeoutMs: INSTALL_TIMEOUT_MS,
      });
    await install('chromium-headless-shell').catch(() => install('chromium'));
  });
  const path = installedChromium();
  if (!path) throw new LocalError('Chromium was installed, but is not on the PATH');
  return path;
}

/** @returns {string | undefined} path of this machine's Chromium */
export function installedChromium() {
  for (const command of COMMANDS) {
    const { status, stdout } = spawnSync('which', [command], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/** @param {string} command */
function has(command) {
  return spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
}
