import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { RevocationsController } from './access/revocations.controller';
import { RevocationsService } from './access/revocations.service';
import { AccountsController } from './accounts/accounts.controller';
import { AccountsService } from './accounts/accounts.service';
import { PersonalData } from './accounts/personal-data';
import { AuditLog } from './audit/audit.service';
import { IdentityConfig } from './config';
import { databaseOptions } from './data-source';
import { HousekeepingJob } from './housekeeping.job';
import { KeysController } from './keys/keys.controller';
import { SigningKeysService } from './keys/signing-keys.service';
import { PasswordHasher } from './passwords/password-hasher';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import { SignInService } from './sign-in/sign-in.service';
import { SignInThrottle } from './sign-in/sign-in-throttle';

/** The program over one database and one broker connection; a class of its own each time. */
export function identityModule(config: IdentityConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [AccountsController, KeysController, RevocationsController, SessionsController],
    providers: [
      { provide: IdentityConfig, useValue: config },
      AccountsService,
      AuditLog,
      HousekeepingJob,
      PasswordHasher,
      PersonalData,
      RevocationsService,
      SessionsService,
      SigningKeysService,
      SignInService,
      SignInThrottle,
    ],
  })
  class IdentityModule {}
  return IdentityModule;
}
