import { Tag } from 'antd';
import type { Schemas } from '../../api/client';
import fa from './fa.json';

export type EntryKind = Schemas['StatementEntryDto']['kind'];

export const kindTitles: Readonly<Record<EntryKind, string>> = {
  topup: fa.kindTopup,
  gift: fa.kindGift,
  trial: fa.kindTrial,
  credit: fa.kindCredit,
  capture: fa.kindCapture,
  refund: fa.kindRefund,
  purchase: fa.kindPurchase,
  transfer: fa.kindTransfer,
  reward: fa.kindReward,
  margin: fa.kindMargin,
  correction: fa.kindCorrection,
};

export function KindTag({ kind }: { kind: EntryKind }) {
  return <Tag>{kindTitles[kind]}</Tag>;
}
