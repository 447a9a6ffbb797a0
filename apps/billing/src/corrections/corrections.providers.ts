import type { Provider, Type } from '@nestjs/common';
import { CorrectionsController } from './corrections.controller';
import { CorrectionsService } from './corrections.service';

export const correctionsControllers: Type[] = [CorrectionsController];

export const correctionsProviders: Provider[] = [CorrectionsService];
