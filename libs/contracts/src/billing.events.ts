import { bankCodes } from './billing-banks.rpc';
import type { BankCode } from './billing-banks.rpc';
import { holdStates } from './billing.rpc';
import type { HoldState } from './billing.rpc';
import { defineEvent } from './define';
import { EnumField, IntField, RialsField, StringField, UuidField } from './fields';

export class HoldEndedDto {
  @UuidField({ description: 'Hold id' })
  holdId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: 'How it ended', values: holdStates })
  state!: HoldState;

  @RialsField({ description: 'Captured in all, Rial' })
  capturedRials!: number;

  @RialsField({ description: 'Given back, Rial' })
  releasedRials!: number;
}

export class TopupSettledDto {
  @UuidField({ description: 'Top-up id' })
  topupId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: 'Bank', values: bankCodes })
  bank!: BankCode;

  @RialsField({ description: 'Paid, Rial' })
  amountRials!: number;

  @RialsField({ description: 'Gift credit, Rial' })
  giftRials!: number;

  @StringField({ description: 'Reference number of the payment at the bank', maxLength: 50 })
  referenceNumber!: string;
}

export class TopupFailedDto {
  @UuidField({ description: 'Top-up id' })
  topupId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: 'Bank', values: bankCodes })
  bank!: BankCode;

  @RialsField({ description: 'Amount of the top-up, Rial' })
  amountRials!: number;

  @EnumField({ description: 'How it ended', values: ['failed', 'reversed', 'unresolved'] })
  state!: 'failed' | 'reversed' | 'unresolved';

  @StringField({ description: 'Why, in Persian', maxLength: 500 })
  message!: string;
}

export class BankReportMadeDto {
  @EnumField({ description: 'Bank', values: bankCodes })
  bank!: BankCode;

  @StringField({ description: 'Day in Tehran, YYYY-MM-DD (Gregorian)', maxLength: 10 })
  day!: string;

  @IntField({
    description: "Differences between the bank's answers and our books",
    min: 0,
    max: 1_000_000_000,
  })
  differences!: number;

  @IntField({ description: 'Payments whose outcome is not known yet', min: 0, max: 1_000_000_000 })
  unknown!: number;
}

export const billingEvents = {
  holdEnded: defineEvent({
    name: 'billing.hold.ended',
    version: 1,
    payload: HoldEndedDto,
    when: 'A hold was closed, released or ran out; nothing more can be captured from it.',
  }),
  topupSettled: defineEvent({
    name: 'billing.topup.settled',
    version: 1,
    payload: TopupSettledDto,
    when: 'A payment was verified by the bank, and amount and gift are in the wallet.',
  }),
  topupFailed: defineEvent({
    name: 'billing.topup.failed',
    version: 1,
    payload: TopupFailedDto,
    when: 'A payment came to nothing, goes back to the payer, or is left to a person because the bank never answered. A later answer of the bank may still settle it.',
  }),
  bankReportMade: defineEvent({
    name: 'billing.bankReport.made',
    version: 1,
    payload: BankReportMadeDto,
    when: 'Top-ups of a day were compared with the bank.',
  }),
};
