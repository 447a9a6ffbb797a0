// Installs the packages of the lock file where they are not there yet.
import { install, isInstalled } from '../lib/build.mjs';
import { runCommand } from '../lib/local.mjs';
import { checkMachine } from '../lib/machine.mjs';
import { step } from '../lib/steps.mjs';

export function run() {
  return runCommand('install', async () => {
    checkMachine();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => process.exit(130));
    if (!isInstalled()) await step(console.log, 'installing packages', install);
    return 0;
  });
}
