import { createDataSource, runRetention, Transactions } from '@peyk/database';
import { createMessaging, Outbox } from '@peyk/messaging';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';
import { ListDeletion } from './lists/list-deletion';
import { ListRetention } from './lists/list-retention';
import { targetingLives } from './retention';

/** `npm run retention`: what of campaign-targeting's tables is old goes; with `--dry-run` it is only told. */
async function main(): Promise<void> {
  const config = readCommandConfig();
  const dataSource = await createDataSource(
    databaseOptions({ databaseUrl: config.databaseUrl, databasePoolMax: 2 }),
  ).initialize();
  const { rabbitmqUrl, serviceKey, servicePublicKeys } = config;
  // sms-gateway is asked whether a send still needs a list.
  const messaging = createMessaging({
    service: 'campaign-targeting',
    rabbitmqUrl,
    serviceKey,
    servicePublicKeys,
    logLevel: 'fatal',
  });
  try {
    await messaging.broker.ready();
    const outbox = new Outbox(messaging, dataSource);
    const deletion = new ListDeletion(dataSource, new Transactions(dataSource), outbox, messaging);
    const lists = new ListRetention(dataSource, deletion, config);
    process.exitCode = await runRetention(dataSource, {
      program: 'campaign-targeting',
      lives: () => targetingLives(config, lists),
      args: process.argv.slice(2),
      say: (line) => void process.stdout.write(`${line}\n`),
    });
  } finally {
    await messaging.broker.close();
    await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('campaign-targeting').fatal({ err: error }, 'could not prune');
  process.exitCode = 1;
});
