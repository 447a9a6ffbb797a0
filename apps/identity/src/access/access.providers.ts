import type { Provider, Type } from '@nestjs/common';
import { RevocationsController } from './revocations.controller';
import { RevocationsService } from './revocations.service';

export const accessControllers: Type[] = [RevocationsController];

export const accessProviders: Provider[] = [RevocationsService];
