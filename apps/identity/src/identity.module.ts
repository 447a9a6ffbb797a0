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
import { ApiKeysController } from './api-keys/api-keys.controller';
import { ApiKeysService } from './api-keys/api-keys.service';
import { AuditLog } from './audit/audit.service';
import { BaleApi } from './bale/bale-api';
import { BaleBot } from './bale/bale-bot';
import { BaleChatChannel } from './bale/bale-chat.channel';
import { BaleLinks } from './bale/bale-links.service';
import { BaleController } from './bale/bale.controller';
import { BaleOtpChannel } from './channels/bale-otp.channel';
import type { CodeChannel } from './channels/code-channel';
import { EmailChannel } from './channels/email.channel';
import { SmsChannel } from './channels/sms.channel';
import { CODE_CHANNELS, CodeSender } from './codes/code-sender';
import { CodeSignInService } from './codes/code-sign-in.service';
import { CodesController } from './codes/codes.controller';
import { OneTimeCodes } from './codes/one-time-codes';
import { IdentityConfig } from './config';
import { databaseOptions } from './data-source';
import { HousekeepingJob } from './housekeeping.job';
import { KeysController } from './keys/keys.controller';
import { SigningKeysService } from './keys/signing-keys.service';
import { FirstPasswords } from './passwords/first-passwords';
import { PasswordHasher } from './passwords/password-hasher';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import { AddressThrottle } from './sign-in/address-throttle';
import { KnownDevices } from './sign-in/known-devices';
import { SignInHistory } from './sign-in/sign-in-history';
import { SignInService } from './sign-in/sign-in.service';
import { SignInThrottle } from './sign-in/sign-in-throttle';

/** The program over one database and one broker connection; a class of its own each time. */
export function identityModule(config: IdentityConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [
      AccountsController,
      ApiKeysController,
      BaleController,
      CodesController,
      KeysController,
      RevocationsController,
      SessionsController,
    ],
    providers: [
      { provide: IdentityConfig, useValue: config },
      BaleApi,
      BaleBot,
      BaleChatChannel,
      BaleLinks,
      BaleOtpChannel,
      EmailChannel,
      SmsChannel,
      {
        provide: CODE_CHANNELS,
        useFactory: (...channels: CodeChannel[]) => channels,
        inject: [BaleChatChannel, BaleOtpChannel, SmsChannel, EmailChannel],
      },
      CodeSender,
      CodeSignInService,
      OneTimeCodes,
      AccountsService,
      ApiKeysService,
      AuditLog,
      HousekeepingJob,
      PasswordHasher,
      PersonalData,
      RevocationsService,
      SessionsService,
      SigningKeysService,
      SignInService,
      SignInThrottle,
      AddressThrottle,
      FirstPasswords,
      KnownDevices,
      SignInHistory,
    ],
  })
  class IdentityModule {}
  return IdentityModule;
}
