import { DoubtPolicy } from './doubt-policy';
import { DoubtReceipts } from './doubt-receipts';
import { DoubtResolution } from './doubt-resolution';
import { DoubtsController } from './doubts.controller';
import { DoubtsService } from './doubts.service';

export const doubtsControllers = [DoubtsController];
export const doubtsProviders = [DoubtPolicy, DoubtReceipts, DoubtResolution, DoubtsService];
