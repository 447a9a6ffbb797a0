import type { Provider, Type } from '@nestjs/common';
import { AccountsAdminController } from './accounts-admin.controller';
import { AccountsAdminService } from './accounts-admin.service';

export const accountsAdminControllers: Type[] = [AccountsAdminController];

export const accountsAdminProviders: Provider[] = [AccountsAdminService];
