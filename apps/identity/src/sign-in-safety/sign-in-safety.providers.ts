import type { Provider, Type } from '@nestjs/common';
import { AddressThrottle } from './address-throttle';
import { KnownDevices } from './known-devices';
import { SignInHistory } from './sign-in-history';
import { SignInThrottle } from './sign-in-throttle';
import { SignInsController } from './sign-ins.controller';
import { WarningsService } from './warnings.service';

export const signInSafetyControllers: Type[] = [SignInsController];

export const signInSafetyProviders: Provider[] = [
  AddressThrottle,
  KnownDevices,
  SignInHistory,
  SignInThrottle,
  WarningsService,
];
