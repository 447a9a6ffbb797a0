import type { Provider, Type } from '@nestjs/common';
import { ChargesConsumer } from './charges.consumer';
import { HoldExpiryJob } from './hold-expiry.job';
import { HoldsController } from './holds.controller';
import { HoldsService } from './holds.service';

export const holdsControllers: Type[] = [ChargesConsumer, HoldsController];

export const holdsProviders: Provider[] = [HoldExpiryJob, HoldsService];
