import { SendAdministration } from './send-administration';
import { SendControl } from './send-control';
import { SendEdits } from './send-edits';
import { SendLateness } from './send-lateness';
import { SendMoves } from './send-moves';
import { SendPlacement } from './send-placement';
import { SendPrices } from './send-prices';
import { SendQueue } from './send-queue';
import { SendReads } from './send-reads';
import { SendRecheck } from './send-recheck';
import { SendRecipients } from './send-recipients';
import { SendRepetitions } from './send-repetitions';
import { SendSchedule } from './send-schedule';
import { SendSearch } from './send-search';
import { SendSources } from './send-sources';
import { SendsController } from './sends.controller';
import { SendsService } from './sends.service';

export const sendsControllers = [SendsController];
export const sendsProviders = [
  SendAdministration,
  SendControl,
  SendEdits,
  SendLateness,
  SendMoves,
  SendPlacement,
  SendPrices,
  SendQueue,
  SendReads,
  SendRecheck,
  SendRecipients,
  SendRepetitions,
  SendSchedule,
  SendSearch,
  SendSources,
  SendsService,
];
