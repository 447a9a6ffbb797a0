import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { authProviders } from './auth/auth.providers';
import { GatewayConfig } from './config';
import { DocumentThreads } from './documents/document-threads';
import { httpProviders } from './http/http.providers';
import { parts } from './parts';
import { controllersOf } from './routes/controllers';

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
