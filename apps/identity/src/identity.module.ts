import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { RevocationsController } from './access/revocations.controller';
import { RevocationsService } from './access/revocations.service';
import { AccountsAdminService } from './accounts/accounts-admin.service';
import { AccountAnnouncer } from './accounts/account-announcer';
import { AccountsController } from './accounts/accounts.controller';
import { AccountsService } from './accounts/accounts.service';
import { PersonalData } from './accounts/personal-data';
import { ProfilesService } from './accounts/profiles.service';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { ApiKeysService } from './api-keys/api-keys.service';
import { AuditConsumer } from './audit/audit.consumer';
import { AuditController } from './audit/audit.controller';
import { AuditReader } from './audit/audit.reader';
import { AuditLog } from './audit/audit.service';
import { BaleApi } from './bale/bale-api';
import { BaleBot } from './bale/bale-bot';
import { BaleChatChannel } from './bale/bale-chat.channel';
import { BaleLinks } from './bale/bale-links.service';
import { BaleController } from './bale/bale.controller';
import { BarcodesController } from './barcodes/barcodes.controller';
import { BarcodesService } from './barcodes/barcodes.service';
import { BaleOtpChannel } from './channels/bale-otp.channel';
import type { CodeChannel } from './channels/code-channel';
import { EmailChannel } from './channels/email.channel';
import { SmsChannel } from './channels/sms.channel';
import { CODE_CHANNELS, CodeSender } from './codes/code-sender';
import { CodeSignInService } from './codes/code-sign-in.service';
import { CodesController } from './codes/codes.controller';
import { OneTimeCodes } from './codes/one-time-codes';
import { IdentityConfig } from './config';
import { ContactChanges } from './contacts/contact-changes';
import { ContactNoticesJob } from './contacts/contact-notices.job';
import { ContactsController } from './contacts/contacts.controller';
import { ContactsService } from './contacts/contacts.service';
import { OwnMobileService } from './contacts/own-mobile.service';
import { databaseOptions } from './data-source';
import { HousekeepingJob } from './housekeeping.job';
import { DirectoryImporter } from './imports/directory-importer';
import { ImportFiles } from './imports/import-files';
import { ImportRunner } from './imports/import-runner';
import { ImportJob } from './imports/import.job';
import { ImportsController } from './imports/imports.controller';
import { ImportsService } from './imports/imports.service';
import { PeopleImporter } from './imports/people-importer';
import { KeysController } from './keys/keys.controller';
import { SealKeysCheck } from './keys/sealed-columns';
import { SigningKeysService } from './keys/signing-keys.service';
import { FirstPasswords } from './passwords/first-passwords';
import { IssuedPasswords } from './passwords/issued-passwords';
import { PasswordHasher } from './passwords/password-hasher';
import { PasswordPolicy } from './passwords/password-policy';
import { PasswordsController } from './passwords/passwords.controller';
import { PasswordsService } from './passwords/passwords.service';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import { AddressThrottle } from './sign-in/address-throttle';
import { KnownDevices } from './sign-in/known-devices';
import { SignInHistory } from './sign-in/sign-in-history';
import { SignInService } from './sign-in/sign-in.service';
import { SignInThrottle } from './sign-in/sign-in-throttle';
import { SignInsController } from './sign-in/sign-ins.controller';
import { WarningsService } from './sign-in/warnings.service';
import { ReferralsService } from './sign-ups/referrals.service';
import { SignUpsController } from './sign-ups/sign-ups.controller';
import { SignUpsService } from './sign-ups/sign-ups.service';

/** The program over one database and one broker connection; a class of its own each time. */
export function identityModule(config: IdentityConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [
      AccountsController,
      ApiKeysController,
      AuditConsumer,
      AuditController,
      BaleController,
      BarcodesController,
      CodesController,
      ContactsController,
      ImportsController,
      KeysController,
      RevocationsController,
      SessionsController,
      SignInsController,
      SignUpsController,
      PasswordsController,
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
      ContactChanges,
      ContactNoticesJob,
      ContactsService,
      OwnMobileService,
      AccountsAdminService,
      AccountAnnouncer,
      AccountsService,
      ApiKeysService,
      AuditLog,
      AuditReader,
      BarcodesService,
      DirectoryImporter,
      HousekeepingJob,
      ImportFiles,
      ImportJob,
      ImportRunner,
      ImportsService,
      PeopleImporter,
      IssuedPasswords,
      PasswordHasher,
      PersonalData,
      ProfilesService,
      RevocationsService,
      SealKeysCheck,
      SessionsService,
      SigningKeysService,
      SignInService,
      SignInThrottle,
      AddressThrottle,
      FirstPasswords,
      KnownDevices,
      PasswordPolicy,
      PasswordsService,
      ReferralsService,
      SignInHistory,
      SignUpsService,
      WarningsService,
    ],
  })
  class IdentityModule {}
  return IdentityModule;
}
