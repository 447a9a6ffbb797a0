import { MessageMoves } from './message-moves';
import { MessageRecorder } from './message-recorder';
import { OrphanReceipts } from './orphan-receipts';
import { ReceiptMatcher } from './receipt-matcher';
import { ReceiptRulesCache } from './receipt-rules';
import { ReceiptWaits } from './receipt-waits';
import { UnreportedMessages } from './unreported-messages';

export const receiptsProviders = [
  MessageMoves,
  MessageRecorder,
  OrphanReceipts,
  ReceiptMatcher,
  ReceiptRulesCache,
  ReceiptWaits,
  UnreportedMessages,
];
