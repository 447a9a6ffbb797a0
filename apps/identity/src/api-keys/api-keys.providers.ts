import type { Provider, Type } from '@nestjs/common';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysService } from './api-keys.service';

export const apiKeysControllers: Type[] = [ApiKeysController];

export const apiKeysProviders: Provider[] = [ApiKeysService];
