import type { Provider, Type } from '@nestjs/common';
import { CorrectionExpiryJob } from './correction-expiry.job';
import { CorrectionsController } from './corrections.controller';
import { CorrectionsService } from './corrections.service';

export const correctionsControllers: Type[] = [CorrectionsController];

export const correctionsProviders: Provider[] = [CorrectionExpiryJob, CorrectionsService];
