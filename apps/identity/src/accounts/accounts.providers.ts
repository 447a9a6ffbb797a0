import type { Provider } from '@nestjs/common';
import { AccountAnnouncer } from './account-announcer';
import { AccountsService } from './accounts.service';
import { ContactChanges } from './contact-changes';
import { PersonalData } from './personal-data';

export const accountsProviders: Provider[] = [
  AccountAnnouncer,
  AccountsService,
  ContactChanges,
  PersonalData,
];
