import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { AccountsController, ProfileController } from './accounts/accounts.controller';
import { ContactChangesController } from './accounts/contact-changes.controller';
import { AuditController } from './accounts/audit.controller';
import { BarcodesController } from './accounts/barcodes.controller';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { AccessGuard } from './auth/access.guard';
import { AccessTokenStrategy } from './auth/access-token.strategy';
import { ApiKeys } from './auth/api-keys';
import { Limits } from './auth/limits';
import { ClubController } from './billing/club.controller';
import { GiftsController } from './billing/gifts.controller';
import { PlanPromotionsController, PlansController } from './billing/plans.controller';
import { ResellersController, TopupRequestsController } from './billing/resellers.controller';
import { LevelsController, TariffsController } from './billing/tariffs.controller';
import { CorrectionsController } from './billing/corrections.controller';
import { WalletController } from './billing/wallet.controller';
import { ClientErrorsController } from './client-errors/client-errors.controller';
import { BaleController, CodesController } from './codes/codes.controller';
import { GatewayConfig } from './config';
import { DeadLettersController } from './dead-letters/dead-letters.controller';
import { DocumentThreads } from './documents/document-threads';
import { ForwardedWatch } from './http/forwarded-watch';
import { WarningsController } from './warnings/warnings.controller';
import { ErrorFilter } from './http/error.filter';
import { ImportsController } from './imports/imports.controller';
import { PasswordsController } from './passwords/passwords.controller';
import { RecipientListsController } from './recipient-lists/recipient-lists.controller';
import { BanksController } from './payments/banks.controller';
import { PaymentOutcomesController, PaymentsController } from './payments/payments.controller';
import { TopupsController } from './payments/topups.controller';
import { ProgressHub, ProgressListener } from './sends/progress.hub';
import { SendsController } from './sends/sends.controller';
import { OwnSessionsController } from './sessions/own-sessions.controller';
import { MeController, SessionsController } from './sessions/sessions.controller';
import { SignUpsController } from './sign-ups/sign-ups.controller';
import { ActivityController } from './sms/activity.controller';
import { ContactController } from './panel/contact.controller';
import { OptOutsController } from './sms/opt-outs.controller';
import { SmsController } from './sms/sms.controller';
import { TemplateGroupsController, TemplatesController } from './sms/templates.controller';

export function gatewayModule(config: GatewayConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [MessagingModule.forRoot(runtime), PassportModule],
    controllers: [
      SessionsController,
      MeController,
      ProfileController,
      AccountsController,
      ContactChangesController,
      BarcodesController,
      AuditController,
      OwnSessionsController,
      CodesController,
      BaleController,
      PasswordsController,
      ApiKeysController,
      SignUpsController,
      PlansController,
      PlanPromotionsController,
      TariffsController,
      LevelsController,
      GiftsController,
      WalletController,
      CorrectionsController,
      ResellersController,
      TopupRequestsController,
      ClubController,
      TopupsController,
      BanksController,
      PaymentsController,
      PaymentOutcomesController,
      ActivityController,
      ContactController,
      OptOutsController,
      SmsController,
      TemplatesController,
      TemplateGroupsController,
      RecipientListsController,
      ImportsController,
      SendsController,
      DeadLettersController,
      ClientErrorsController,
      ProgressListener,
      WarningsController,
    ],
    providers: [
      { provide: GatewayConfig, useValue: config },
      { provide: Limits, useValue: new Limits(config) },
      DocumentThreads,
      ForwardedWatch,
      ProgressHub,
      AccessTokenStrategy,
      ApiKeys,
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useClass: ErrorFilter },
    ],
  })
  class GatewayModule {}
  return GatewayModule;
}
