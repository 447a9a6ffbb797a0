import { defineRpc } from '../core/define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from '../core/fields';

/** Longest period of a summary, days. */
export const summaryDaysMax = 400;

export class StatementSummaryQueryDto {
  @UuidField({ description: 'Owner; another than oneself only for admin', optional: true })
  customerId?: string;

  @InstantField({ description: 'Not before' })
  from!: string;

  @InstantField({ description: `Before; at most ${summaryDaysMax} days after \`from\`` })
  to!: string;
}

/** What changes a posted balance. */
export const entryKinds = [
  'topup',
  'gift',
  'trial',
  'credit',
  'capture',
  'refund',
  'purchase',
  'transfer',
  'reward',
  'margin',
  'correction',
] as const;

export class KindSumDto {
  @EnumField({ description: 'Kind', values: entryKinds })
  kind!: EntryKind;

  @IntField({ description: 'Entries', min: 1, max: Number.MAX_SAFE_INTEGER })
  entries!: number;

  @IntField({
    description: 'Change of the wallet by all of them, Rial; negative when credit was spent',
    min: -9_000_000_000_000_000,
    max: 9_000_000_000_000_000,
  })
  amountRials!: number;
}

export class StatementSummaryDto {
  @InstantField({ description: 'Not before' })
  from!: string;

  @InstantField({ description: 'Before' })
  to!: string;

  @RialsField({ description: 'Posted balance at `from`, Rial' })
  openingRials!: number;

  @RialsField({ description: 'Posted balance at `to`: the opening balance and all sums, Rial' })
  closingRials!: number;

  @ObjectField({
    description: 'Kinds that there were, in the order of their names',
    dto: () => KindSumDto,
    array: { maxItems: entryKinds.length },
  })
  kinds!: KindSumDto[];
}

export class WalletAlertDto {
  @RialsField({
    description: 'Warn when the available credit falls below, Rial; null: never',
    nullable: true,
  })
  alertRials!: number | null;
}

export class WalletDto {
  @UuidField({ description: 'Owner account' })
  customerId!: string;

  @RialsField({ description: 'Posted balance, Rial' })
  postedRials!: number;

  @RialsField({ description: 'Held for running sends, Rial' })
  heldRials!: number;

  @RialsField({ description: 'posted - held, Rial' })
  availableRials!: number;

  @RialsField({
    description: 'Its owner is warned when the available credit falls below, Rial; null: never',
    nullable: true,
  })
  alertRials!: number | null;
}

export class WalletQueryDto {
  @UuidField({ description: 'Owner; another than oneself only for admin and services', optional: true })
  customerId?: string;
}

export class CreditDto {
  @UuidField({ description: 'Chosen by the caller; a repeat with the same terms changes nothing' })
  transferId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @RialsField({ description: 'Amount, Rial', min: 1 })
  amountRials!: number;

  @StringField({ description: 'Why; shown in the statement', minLength: 1, maxLength: 200 })
  reason!: string;
}

export type EntryKind = (typeof entryKinds)[number];

export class StatementEntryDto {
  @UuidField({ description: 'Transfer id' })
  transferId!: string;

  @EnumField({ description: 'Kind', values: entryKinds })
  kind!: EntryKind;

  @IntField({
    description: 'Ledger entries in it; more than one only for a send, where asked for by send',
    min: 1,
    max: 1_000_000_000,
  })
  entries!: number;

  @IntField({
    description: 'Change of the wallet, Rial; negative when credit is spent',
    min: -9_000_000_000_000_000,
    max: 9_000_000_000_000_000,
  })
  amountRials!: number;

  @RialsField({
    description:
      'Posted balance after it, Rial. By send, without `kinds` and `holdId`: the balance after the row below and this change',
  })
  balanceRials!: number;

  @StringField({ description: 'Reason', maxLength: 200 })
  reason!: string;

  @UuidField({ description: 'The hold it belongs to (the send)', optional: true, nullable: true })
  holdId?: string | null;

  @InstantField({ description: 'When; of more entries the last' })
  at!: string;
}

/** Entries of a period: at or after `from`, before `to`. Whose days they are is the caller's business. */
export class StatementFilterDto {
  @UuidField({ description: 'Owner; another than oneself only for admin', optional: true })
  customerId?: string;

  @InstantField({ description: 'Not before', optional: true })
  from?: string;

  @InstantField({ description: 'Before', optional: true })
  to?: string;

  @EnumField({
    description: 'Only these kinds',
    values: entryKinds,
    optional: true,
    array: { maxItems: entryKinds.length },
  })
  kinds?: EntryKind[];

  @UuidField({ description: 'Only entries of this hold (send)', optional: true })
  holdId?: string;
}

export class StatementQueryDto extends StatementFilterDto {
  @StringField({ description: 'Opaque cursor', optional: true, maxLength: 200 })
  cursor?: string;

  @IntField({ description: 'Rows a page', optional: true, min: 1, max: 200 })
  limit?: number;

  @BooleanField({
    description:
      'One row a send: what was charged and paid back for it in the period, at the place of its last entry. A page may then have fewer rows than asked for though more follow',
    optional: true,
  })
  bySend?: boolean;
}

export class StatementDto {
  @ObjectField({ description: 'Newest first', dto: () => StatementEntryDto, array: { maxItems: 200 } })
  entries!: StatementEntryDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const billingWalletsRpc = {
  summary: defineRpc({
    name: 'billing.wallets.summary',
    input: StatementSummaryQueryDto,
    output: StatementSummaryDto,
    access: 'user',
    does: 'Opening and closing balance of a period, and what each kind of entry changed (BIL-213).',
    errors: ['access.denied'],
  }),
  setAlert: defineRpc({
    name: 'billing.wallets.setAlert',
    input: WalletAlertDto,
    output: WalletDto,
    access: 'user',
    does: 'Below which available credit the owner is warned (event billing.credit.low, once per crossing).',
    errors: ['wallet.notFound'],
  }),
  read: defineRpc({
    name: 'billing.wallets.read',
    input: WalletQueryDto,
    output: WalletDto,
    access: 'user',
    callers: ['sms-gateway'],
    does: "A wallet's posted, held and available credit.",
    errors: ['wallet.notFound', 'access.denied'],
  }),
  statement: defineRpc({
    name: 'billing.wallets.statement',
    input: StatementQueryDto,
    output: StatementDto,
    access: 'user',
    does: 'Ledger entries with the running balance, by period and kind, the newest first (BIL-013, BIL-213).',
    errors: ['access.denied'],
  }),
  credit: defineRpc({
    name: 'billing.wallets.credit',
    input: CreditDto,
    output: WalletDto,
    access: 'service',
    callers: [],
    does: 'Adds credit; until top-ups exist, for the seed and by an administrator.',
    errors: ['transfer.conflict'],
  }),
};
