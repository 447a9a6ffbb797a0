import { withModule } from '@peyk/messaging';
import { runCommand } from '@peyk/platform';
import { AccountAnnouncer } from './accounts/account-announcer';
import { IdentityConfig } from './config';
import { identityModule } from './identity.module';

/** Announces every account again, for services whose copies were lost; the running identity publishes what this leaves. */
runCommand(
  { program: 'identity', action: 'announce the accounts', config: IdentityConfig },
  ({ config, logger }) =>
    withModule({ service: 'identity-announce', config, module: identityModule, logger }, async (app) => {
      const accounts = await app.get(AccountAnnouncer).announceAll();
      process.stdout.write(`${JSON.stringify({ accounts })}\n`);
    }),
);
