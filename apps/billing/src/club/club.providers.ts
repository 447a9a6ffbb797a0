import type { Provider, Type } from '@nestjs/common';
import { ClubController } from './club.controller';
import { ClubService } from './club.service';

export const clubControllers: Type[] = [ClubController];

export const clubProviders: Provider[] = [ClubService];
