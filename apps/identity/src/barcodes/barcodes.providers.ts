import type { Provider, Type } from '@nestjs/common';
import { BarcodesController } from './barcodes.controller';
import { BarcodesService } from './barcodes.service';

export const barcodesControllers: Type[] = [BarcodesController];

export const barcodesProviders: Provider[] = [BarcodesService];
