import { NestFactory } from '@nestjs/core';
import { createMessaging } from '@peyk/messaging';
import { createLogger, PeykNestLogger } from '@peyk/platform';
import { AccountAnnouncer } from './accounts/account-announcer';
import { readCommandConfig } from './config';
import { identityModule } from './identity.module';

/** Tells every account again, for services whose copies were lost; the running identity publishes what this leaves. */
async function main(): Promise<void> {
  const config = readCommandConfig();
  const logger = createLogger('identity', { level: config.logLevel });
  const app = await NestFactory.createApplicationContext(
    identityModule(config, createMessaging({ service: 'identity-announce', ...config })),
    { logger: new PeykNestLogger(logger), abortOnError: false },
  );
  try {
    const accounts = await app.get(AccountAnnouncer).announceAll();
    process.stdout.write(`${JSON.stringify({ accounts })}\n`);
  } finally {
    await app.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    createLogger('identity').fatal({ err: error }, 'could not announce the accounts');
    process.exit(1);
  },
);
