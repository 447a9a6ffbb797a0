import { WalletDto, entryKinds } from './billing.rpc';
import type { EntryKind } from './billing.rpc';
import { defineRpc } from './define';
import { EnumField, InstantField, IntField, ObjectField, RialsField, UuidField } from './fields';

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

export const statementsRpc = {
  summarize: defineRpc({
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
};
