import type { Provider, Type } from '@nestjs/common';
import { SessionsController } from './sessions.controller';
import { SessionsService } from './sessions.service';

export const sessionsControllers: Type[] = [SessionsController];

export const sessionsProviders: Provider[] = [SessionsService];
