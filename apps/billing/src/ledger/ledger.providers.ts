import type { Provider } from '@nestjs/common';
import { EntryPartitions } from './entry.partitions';
import { LedgerService } from './ledger.service';

export const ledgerProviders: Provider[] = [EntryPartitions, LedgerService];
