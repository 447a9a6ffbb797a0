import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { authProviders } from './auth/auth.providers';
import { billingPart } from './billing/billing.part';
import { GatewayConfig } from './config';
import { DocumentThreads } from './documents/document-threads';
import { httpProviders } from './http/http.providers';
import { identityPart } from './identity/identity.part';
import { importsPart } from './imports/imports.part';
import { panelPart } from './panel/panel.part';
import { paymentsPart } from './payments/payments.part';
import { platformPart } from './platform/platform.part';
import { controllersOf } from './routes/controllers';
import type { GatewayPart } from './routes/controllers';
import type { Route } from './routes/route-table';
import { sendsPart } from './sends/sends.part';
import { activityPart, smsPart } from './sms/sms.part';
import { targetingPart } from './targeting/targeting.part';

/** Everything that the gateway answers, in the order of the docs. A new service has its line here. */
const parts: readonly GatewayPart[] = [
  identityPart,
  billingPart,
  paymentsPart,
  activityPart,
  panelPart,
  smsPart,
  targetingPart,
  importsPart,
  sendsPart,
  platformPart,
];

export function allRoutes(): Route[] {
  return parts.flatMap(({ tables }) => tables.flatMap(({ routes }) => routes));
}

export function gatewayModule(config: GatewayConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [MessagingModule.forRoot(runtime), PassportModule],
    controllers: parts.flatMap(controllersOf),
    providers: [
      { provide: GatewayConfig, useValue: config },
      ...authProviders(config),
      ...httpProviders,
      DocumentThreads,
      ...parts.flatMap(({ providers = [] }) => providers),
    ],
  })
  class GatewayModule {}
  return GatewayModule;
}
