import { InboxSearch } from './inbox-search';
import { InboxController } from './inbox.controller';
import { InboxService } from './inbox.service';
import { SecretaryService } from './secretary.service';
import { ThreadsService } from './threads.service';

export const inboxControllers = [InboxController];
export const inboxProviders = [InboxSearch, InboxService, SecretaryService, ThreadsService];
