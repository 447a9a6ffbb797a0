import type { Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { GatewayConfig } from '../config';
import { AccessGuard } from './access.guard';
import { AccessTokenStrategy } from './access-token.strategy';
import { ApiKeys } from './api-keys';
import { Limits } from './limits';

/** Who may come in, and how often. */
export function authProviders(config: GatewayConfig): Provider[] {
  return [
    { provide: Limits, useValue: new Limits(config) },
    AccessTokenStrategy,
    ApiKeys,
    { provide: APP_GUARD, useClass: AccessGuard },
  ];
}
