import type { Provider, Type } from '@nestjs/common';
import { AbandonedUploadsJob } from './abandoned-uploads.job';
import { UploadsController } from './uploads.controller';
import { UploadsService } from './uploads.service';

export const uploadsControllers: Type[] = [UploadsController];

export const uploadsProviders: Provider[] = [AbandonedUploadsJob, UploadsService];
