import { withModule } from '@peyk/messaging';
import { runCommand } from '@peyk/platform';
import { IdentityConfig } from './config';
import { DemoAccounts } from './demo-accounts';
import type { NewAccount } from './demo-accounts';
import { identityModule } from './identity.module';

/**
 * Accounts of the demo; other services' demo data name their ids. Their passwords stand in the README. Their mobiles are of
 * a block that no operator has, so that no code ever reaches a stranger.
 */
const demoAccounts: readonly NewAccount[] = [
  {
    id: '0198f000-0000-7000-8000-00000000000a',
    username: 'demo',
    name: 'شرکت نمونه',
    roles: ['sms_customer'],
    password: 'Demo-1405-pass',
    mobile: '989994000001',
  },
  {
    id: '0198f000-0000-7000-8000-00000000000b',
    username: 'demo2',
    name: 'فروشگاه نمونه',
    roles: ['sms_customer'],
    password: 'Demo-1405-pass',
    mobile: '989994000002',
  },
  {
    id: '0198f000-0000-7000-8000-0000000000ad',
    username: 'admin',
    name: 'مدیر سامانه',
    roles: ['admin'],
    password: 'Admin-1405-pass',
    mobile: '989994000003',
  },
  {
    id: '0198f000-0000-7000-8000-00000000000c',
    username: 'reseller',
    name: 'نمایندگی نمونه',
    roles: ['reseller'],
    password: 'Demo-1405-pass',
    mobile: '989994000004',
  },
  {
    id: '0198f000-0000-7000-8000-00000000000d',
    username: 'user1',
    name: 'کاربر نمایندگی نمونه',
    roles: ['sms_customer'],
    password: 'Demo-1405-pass',
    mobile: '989994000005',
    resellerId: '0198f000-0000-7000-8000-00000000000c',
  },
];

/** Puts the demo accounts in; safe to repeat: an account that is there stays as it is. */
runCommand({ program: 'identity', action: 'seed', config: IdentityConfig }, async ({ config, logger }) => {
  if (config.nodeEnv === 'production') {
    // Everybody knows these passwords.
    logger.warn('no demo accounts in production');
    return;
  }
  await withModule({ service: 'identity-seed', config, module: identityModule, logger }, async (app) => {
    for (const account of demoAccounts) {
      await app.get(DemoAccounts).createAccount(account);
      process.stdout.write(`demo: ${account.username} / ${account.password} (${account.roles.join(', ')})\n`);
    }
  });
});
