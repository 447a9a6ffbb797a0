// npm run doctor: what is missing on this machine; exit code 1 when Peyk does not run without it.
import { findingsOf, lookAtMachine, reportOf } from '../lib/doctor.mjs';
import { runCommand } from '../lib/local.mjs';

export function run() {
  return runCommand('npm run doctor', async () => {
    const findings = findingsOf(await lookAtMachine());
    for (const line of reportOf(findings)) console.log(line);
    return findings.some(({ state }) => state === 'missing') ? 1 : 0;
  });
}
