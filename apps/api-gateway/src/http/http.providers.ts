import type { Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ErrorFilter } from './error.filter';
import { ForwardedWatch } from './forwarded-watch';

export const httpProviders: readonly Provider[] = [
  ForwardedWatch,
  { provide: APP_FILTER, useClass: ErrorFilter },
];
