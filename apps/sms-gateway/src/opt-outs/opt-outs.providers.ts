import { OptOutsController } from './opt-outs.controller';
import { OptOutsService } from './opt-outs.service';

export const optOutsControllers = [OptOutsController];
export const optOutsProviders = [OptOutsService];
