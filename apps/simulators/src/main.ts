import { createLogger } from '@peyk/platform';
import { readConfig } from './config';
import { startOperatorSimulator } from './operator/operator-simulator';

async function main(): Promise<void> {
  const { config, accounts } = readConfig();
  const log = createLogger('simulators', { level: config.logLevel });
  const simulator = await startOperatorSimulator({
    host: config.host,
    smppPort: config.smppPort,
    httpPort: config.httpPort,
    accounts: Object.fromEntries(accounts.map(({ systemId, settings }) => [systemId, settings])),
  });
  const { smppPort, httpPort } = simulator;
  const systemIds = accounts.map(({ systemId }) => systemId);
  log.info({ host: config.host, smppPort, httpPort, accounts: systemIds }, 'operator simulator is ready');
  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping');
    void simulator.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  createLogger('simulators').fatal({ err: error }, 'cannot start');
  process.exitCode = 1;
});
