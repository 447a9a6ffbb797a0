import type { Provider, Type } from '@nestjs/common';
import { LevelsService } from './levels.service';
import { TariffScheduleService } from './tariff-schedule.service';
import { LevelsController, TariffsController } from './tariffs.controller';
import { TariffsService } from './tariffs.service';

export const tariffsControllers: Type[] = [TariffsController, LevelsController];

export const tariffsProviders: Provider[] = [LevelsService, TariffScheduleService, TariffsService];
