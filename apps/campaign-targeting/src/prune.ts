import { runDatabaseCommand, runRetention, Transactions } from '@peyk/database';
import { createMessaging, Outbox } from '@peyk/messaging';
import { TargetingConfig } from './config';
import { databaseOptions } from './data-source';
import { ListDeletion } from './lists/list-deletion';
import { ListRetention } from './lists/list-retention';
import { targetingLives } from './retention';

const program = 'campaign-targeting';

/** `npm run retention`: what of campaign-targeting's tables is old goes; with `--dry-run` it only says so. */
runDatabaseCommand(
  { program, action: 'prune', config: TargetingConfig, database: databaseOptions },
  async ({ dataSource, config, args }) => {
    const { rabbitmqUrl, serviceKey, servicePublicKeys } = config;
    // sms-gateway is asked whether a send still needs a list.
    const messaging = createMessaging({
      service: program,
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
      return await runRetention(dataSource, {
        program,
        lives: () => targetingLives(config, lists),
        args,
        say: (line) => void process.stdout.write(`${line}\n`),
      });
    } finally {
      await messaging.broker.close();
    }
  },
);
