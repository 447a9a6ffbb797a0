import { findingsOf, lookAtMachine, reportOf } from '../../../deploy/local/lib/doctor.mjs';
import type { Machine } from '../../../deploy/local/lib/doctor.mjs';

const good: Machine = {
  node: '20.20.2',
  npm: '10.8.2',
  platform: 'linux',
  memoryBytes: 8e9,
  freeDiskBytes: 20e9,
  mayWrite: true,
  packagesInstalled: true,
  port: 8080,
  portFree: true,
  peykRuns: false,
  env: {},
  hasEmbeddedPostgres: true,
  rabbit: 'installed',
  chromium: '/usr/bin/chromium',
  mayInstall: false,
};
const statesOf = (changes: Partial<Machine>): Record<string, string> =>
  Object.fromEntries(
    findingsOf({ ...good, ...changes }).flatMap(({ what, state }) => (state === 'ok' ? [] : [[what, state]])),
  );

describe('npm run doctor', () => {
  it('finds nothing on a machine that has everything, in one screen', () => {
    expect(statesOf({})).toEqual({});
    const report = reportOf(findingsOf(good));
    expect(report.length).toBeLessThan(24);
    expect(report.at(-1)).toBe('Peyk runs here: npm start');
  });

  it.each<readonly [Partial<Machine>, Record<string, string>]>([
    [{ node: '18.20.0' }, { 'Node.js': 'missing' }],
    [{ node: '21.7.3' }, { 'Node.js': 'missing' }],
    [{ node: '22.11.0' }, { 'Node.js': 'missing' }],
    [{ node: '22.12.0' }, {}],
    [{ npm: undefined }, { npm: 'missing' }],
    [{ platform: 'darwin' }, { system: 'missing' }],
    [{ mayWrite: false }, { 'write access': 'missing' }],
    [{ freeDiskBytes: 1e9 }, { disk: 'missing' }],
    [{ memoryBytes: 2e9 }, { memory: 'advice' }],
    [{ packagesInstalled: false, hasEmbeddedPostgres: false }, { packages: 'advice' }],
    [{ portFree: false }, { 'port 8080': 'missing' }],
    [{ portFree: false, peykRuns: true }, {}],
    [{ rabbit: undefined }, { RabbitMQ: 'missing' }],
    [{ rabbit: undefined, env: { RABBITMQ_URL: 'amqp://x' } }, {}],
    [{ chromium: undefined }, { Chromium: 'advice' }],
    [{ chromium: undefined, mayInstall: true }, {}],
  ])('names what is missing: %j', (changes, expected) => {
    expect(statesOf(changes)).toEqual(expected);
  });

  it('says how to get each thing that is missing', () => {
    const findings = findingsOf({ ...good, node: '18.0.0', rabbit: undefined });
    for (const { state, how } of findings) expect(Boolean(how)).toBe(state !== 'ok');
    const report = reportOf(findings).join('\n');
    expect(report).toContain('apt-get install rabbitmq-server');
    expect(report).toContain('Peyk does not run here yet: Node.js, RabbitMQ.');
  });

  it('looks at this machine, where the tests run', async () => {
    const missing = findingsOf(await lookAtMachine()).filter(({ state }) => state === 'missing');
    // Another program may hold the port of npm start while the tests run.
    expect(missing.map(({ what }) => what).filter((what) => !what.startsWith('port'))).toEqual([]);
  });
});
