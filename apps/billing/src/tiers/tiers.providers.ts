import type { Provider, Type } from '@nestjs/common';
import { TierSetsService } from './tier-sets.service';
import { TiersController } from './tiers.controller';
import { TiersService } from './tiers.service';

export const tiersControllers: Type[] = [TiersController];

export const tiersProviders: Provider[] = [TierSetsService, TiersService];
