import type { Provider, Type } from '@nestjs/common';
import { KeysController } from './keys.controller';
import { SigningKeysService } from './signing-keys.service';

export const keysControllers: Type[] = [KeysController];

export const keysProviders: Provider[] = [SigningKeysService];
