import type { Provider, Type } from '@nestjs/common';
import { ContactApprovals } from './contact-approvals';
import { ContactNoticesJob } from './contact-notices.job';
import { ContactStops } from './contact-stops';
import { ContactsController } from './contacts.controller';
import { OwnMobileService } from './own-mobile.service';

export const contactsControllers: Type[] = [ContactsController];

export const contactsProviders: Provider[] = [
  ContactApprovals,
  ContactNoticesJob,
  ContactStops,
  OwnMobileService,
];
