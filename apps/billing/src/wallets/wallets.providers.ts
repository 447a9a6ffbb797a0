import type { Provider, Type } from '@nestjs/common';
import { WalletsController } from './wallets.controller';
import { WalletsService } from './wallets.service';

export const walletsControllers: Type[] = [WalletsController];

export const walletsProviders: Provider[] = [WalletsService];
