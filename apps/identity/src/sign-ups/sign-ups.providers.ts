import type { Provider, Type } from '@nestjs/common';
import { ReferralsService } from './referrals.service';
import { SignUpsController } from './sign-ups.controller';
import { SignUpsService } from './sign-ups.service';

export const signUpsControllers: Type[] = [SignUpsController];

export const signUpsProviders: Provider[] = [ReferralsService, SignUpsService];
