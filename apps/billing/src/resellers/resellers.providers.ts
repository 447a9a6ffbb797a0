import type { Provider, Type } from '@nestjs/common';
import { MarginsConsumer } from './margins.consumer';
import { MarginsService } from './margins.service';
import { ResellerTariffsService } from './reseller-tariffs.service';
import { ResellersController } from './resellers.controller';
import { TopupRequestExpiryJob } from './topup-request-expiry.job';
import { TopupRequestsController } from './topup-requests.controller';
import { TopupRequestsService } from './topup-requests.service';
import { UsersService } from './users.service';

export const resellersControllers: Type[] = [MarginsConsumer, ResellersController, TopupRequestsController];

export const resellersProviders: Provider[] = [
  MarginsService,
  ResellerTariffsService,
  TopupRequestExpiryJob,
  TopupRequestsService,
  UsersService,
];
