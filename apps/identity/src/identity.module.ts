import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { accessControllers, accessProviders } from './access/access.providers';
import { accountsAdminControllers, accountsAdminProviders } from './accounts-admin/accounts-admin.providers';
import { accountsProviders } from './accounts/accounts.providers';
import { apiKeysControllers, apiKeysProviders } from './api-keys/api-keys.providers';
import { auditControllers, auditProviders } from './audit/audit.providers';
import { baleControllers, baleProviders } from './bale/bale.providers';
import { barcodesControllers, barcodesProviders } from './barcodes/barcodes.providers';
import { channelsProviders } from './channels/channels.providers';
import { codesProviders } from './codes/codes.providers';
import { contactsControllers, contactsProviders } from './contacts/contacts.providers';
import { importsControllers, importsProviders } from './imports/imports.providers';
import { keysControllers, keysProviders } from './keys/keys.providers';
import { passwordsControllers, passwordsProviders } from './passwords/passwords.providers';
import { profilesControllers, profilesProviders } from './profiles/profiles.providers';
import { sessionsControllers, sessionsProviders } from './sessions/sessions.providers';
import { signInSafetyControllers, signInSafetyProviders } from './sign-in-safety/sign-in-safety.providers';
import { signInControllers, signInProviders } from './sign-in/sign-in.providers';
import { signUpsControllers, signUpsProviders } from './sign-ups/sign-ups.providers';
import { IdentityConfig } from './config';
import { databaseOptions } from './data-source';
import { DemoAccounts } from './demo-accounts';
import { HousekeepingJob } from './housekeeping.job';
import { SealKeysCheck } from './sealed-columns';

/** The program over one database and one broker connection; a class of its own each time. */
export function identityModule(config: IdentityConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [
      ...accessControllers,
      ...accountsAdminControllers,
      ...apiKeysControllers,
      ...auditControllers,
      ...baleControllers,
      ...barcodesControllers,
      ...contactsControllers,
      ...importsControllers,
      ...keysControllers,
      ...passwordsControllers,
      ...profilesControllers,
      ...sessionsControllers,
      ...signInSafetyControllers,
      ...signInControllers,
      ...signUpsControllers,
    ],
    providers: [
      { provide: IdentityConfig, useValue: config },
      DemoAccounts,
      HousekeepingJob,
      SealKeysCheck,
      ...accessProviders,
      ...accountsAdminProviders,
      ...accountsProviders,
      ...apiKeysProviders,
      ...auditProviders,
      ...baleProviders,
      ...barcodesProviders,
      ...channelsProviders,
      ...codesProviders,
      ...contactsProviders,
      ...importsProviders,
      ...keysProviders,
      ...passwordsProviders,
      ...profilesProviders,
      ...sessionsProviders,
      ...signInSafetyProviders,
      ...signInProviders,
      ...signUpsProviders,
    ],
  })
  class IdentityModule {}
  return IdentityModule;
}
