import { createMessaging } from '@peyk/messaging';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { reconcile } from './reconciliation';

/** Prints one JSON object with what differs between sends and their holds; exit code 1 when anything does. */
async function main(): Promise<void> {
  const { rabbitmqUrl, serviceKey, servicePublicKeys } = readCommandConfig();
  const { broker, rpc } = createMessaging({
    service: 'sms-gateway',
    rabbitmqUrl,
    serviceKey,
    servicePublicKeys,
    logLevel: 'fatal',
  });
  try {
    await broker.ready();
    const result = await reconcile(rpc);
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    if (result.differences.length > 0) process.exitCode = 1;
  } finally {
    await broker.close();
  }
}

main().catch((error: unknown) => {
  createLogger('sms-gateway').fatal({ err: error }, 'could not reconcile');
  process.exitCode = 1;
});
