import type { Provider, Type } from '@nestjs/common';
import { AccountsConsumer } from './accounts.consumer';
import { PlanPurchasesService } from './plan-purchases.service';
import { PlansAdminService } from './plans-admin.service';
import { PlansController } from './plans.controller';
import { PlansService } from './plans.service';

export const plansControllers: Type[] = [AccountsConsumer, PlansController];

export const plansProviders: Provider[] = [PlanPurchasesService, PlansAdminService, PlansService];
