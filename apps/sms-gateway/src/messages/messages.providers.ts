import { MessagePartitions } from './message-partitions';
import { OldBatches } from './old-batches';

export const messagesProviders = [MessagePartitions, OldBatches];
