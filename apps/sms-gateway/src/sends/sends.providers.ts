import { SendAdministration } from './send-administration';
import { SendRecipients } from './send-recipients';
import { SendSearch } from './send-search';
import { SendsController } from './sends.controller';
import { SendsService } from './sends.service';

export const sendsControllers = [SendsController];
export const sendsProviders = [SendAdministration, SendRecipients, SendSearch, SendsService];
