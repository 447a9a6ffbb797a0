import { createMessaging } from '@peyk/messaging';
import { runCommand } from '@peyk/platform';
import { SmsGatewayConfig } from './config';
import { reconcile } from './reconciliation';

/** Prints one JSON object with what differs between sends and their holds; exit code 1 when anything does. */
runCommand(
  { program: 'sms-gateway', action: 'reconcile', config: SmsGatewayConfig },
  async ({ config: { rabbitmqUrl, serviceKey, servicePublicKeys } }) => {
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
      return result.differences.length > 0 ? 1 : 0;
    } finally {
      await broker.close();
    }
  },
);
