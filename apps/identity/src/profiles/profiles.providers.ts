import type { Provider, Type } from '@nestjs/common';
import { ProfilesController } from './profiles.controller';
import { ProfilesService } from './profiles.service';

export const profilesControllers: Type[] = [ProfilesController];

export const profilesProviders: Provider[] = [ProfilesService];
