import { defineEvent } from '../core/define';
import type { EventsOf } from '../core/define';
import { DayField, EnumField, IntField, RialsField, StringField, UuidField } from '../core/fields';
import { bankCodes } from './banks.rpc';
import type { BankCode } from './banks.rpc';
import { correctionDirections, correctionStates } from './corrections.rpc';
import type { CorrectionDirection, CorrectionState } from './corrections.rpc';
import { holdStates } from './holds.rpc';
import type { HoldState } from './holds.rpc';

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

  @DayField({ description: 'Day in Tehran, YYYY-MM-DD (Gregorian)' })
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

export class TopupRequestEventDto {
  @UuidField({ description: 'Request' })
  requestId!: string;

  @UuidField({ description: 'User that asks' })
  customerId!: string;

  @StringField({ description: 'Its name', maxLength: 200 })
  customerName!: string;

  @UuidField({ description: 'Reseller that is asked' })
  resellerId!: string;

  @RialsField({ description: 'Amount asked for, Rial' })
  amountRials!: number;

  @StringField({ description: 'Note of the user; when refused, why', maxLength: 200 })
  note!: string;
}

export class RewardEventDto {
  @UuidField({ description: 'Reward' })
  rewardId!: string;

  @UuidField({ description: 'Customer whose points reached the threshold' })
  customerId!: string;

  @UuidField({ description: 'Reseller whose club it is; null: the platform itself', nullable: true })
  resellerId!: string | null;

  @RialsField({ description: 'Credit, Rial' })
  rewardRials!: number;

  @StringField({ description: 'When refused, why', maxLength: 200 })
  note!: string;
}

export class CreditLowDto {
  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @RialsField({ description: 'Available now, Rial' })
  availableRials!: number;

  @RialsField({ description: 'What its owner wants to be warned below, Rial' })
  alertRials!: number;
}

export class LevelChangedDto {
  @UuidField({ description: 'Customer' })
  customerId!: string;

  @StringField({ description: 'Level from now on', maxLength: 30 })
  level!: string;

  @StringField({ description: 'Level before', maxLength: 30 })
  levelBefore!: string;

  @UuidField({
    description:
      'Account that set it: an administrator, or the customer by paying for a plan or becoming a reseller',
  })
  by!: string;

  @StringField({ description: 'Why', maxLength: 200 })
  reason!: string;
}

export class PlanBoughtDto {
  @UuidField({ description: 'Purchase, and transfer of the ledger' })
  purchaseId!: string;

  @UuidField({ description: 'Who bought it' })
  customerId!: string;

  @StringField({ description: 'Plan', maxLength: 50 })
  planCode!: string;

  @StringField({ description: 'Its Persian name', maxLength: 100 })
  planTitle!: string;

  @RialsField({ description: 'Paid, Rial' })
  priceRials!: number;
}

/** A correction when it was asked for, decided or expired. */
export class CorrectionEventDto {
  @UuidField({ description: 'Correction' })
  correctionId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: '`credit` adds, `debit` takes', values: correctionDirections })
  direction!: CorrectionDirection;

  @RialsField({ description: 'Amount, Rial' })
  amountRials!: number;

  @StringField({ description: 'Why', maxLength: 200 })
  reason!: string;

  @EnumField({ description: 'State', values: correctionStates })
  state!: CorrectionState;

  @UuidField({ description: 'Administrator that asked' })
  requestedBy!: string;

  @UuidField({ description: 'Administrator that decided', nullable: true })
  decidedBy!: string | null;
}

export const billingEvents = {
  levelChanged: defineEvent({
    name: 'billing.level.changed',
    version: 1,
    payload: LevelChangedDto,
    when: 'A customer has another level, and pays its tariff from now on.',
  }),
  planBought: defineEvent({
    name: 'billing.plan.bought',
    version: 1,
    payload: PlanBoughtDto,
    when: 'A plan was paid from the wallet, or a free one taken.',
  }),
  creditLow: defineEvent({
    name: 'billing.credit.low',
    version: 1,
    payload: CreditLowDto,
    when: 'The available credit of a wallet fell below what its owner wants to be warned at; again only after it was above.',
  }),
  correctionRequested: defineEvent({
    name: 'billing.correction.requested',
    version: 1,
    payload: CorrectionEventDto,
    when: 'An administrator asked for a correction of a wallet.',
  }),
  correctionDecided: defineEvent({
    name: 'billing.correction.decided',
    version: 1,
    payload: CorrectionEventDto,
    when: 'A correction was posted or refused by another administrator, or nobody decided in time.',
  }),
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
  topupRequestCreated: defineEvent({
    name: 'billing.topupRequest.created',
    version: 1,
    payload: TopupRequestEventDto,
    when: 'A user asks its reseller for credit: the reseller is alerted (SMT-215).',
  }),
  topupRequestApproved: defineEvent({
    name: 'billing.topupRequest.approved',
    version: 1,
    payload: TopupRequestEventDto,
    when: 'The reseller approved, and the credit is in the wallet of the user.',
  }),
  topupRequestRefused: defineEvent({
    name: 'billing.topupRequest.refused',
    version: 1,
    payload: TopupRequestEventDto,
    when: 'The reseller refused a request for credit.',
  }),
  rewardAwaiting: defineEvent({
    name: 'billing.reward.awaiting',
    version: 1,
    payload: RewardEventDto,
    when: 'Points of a customer reached the threshold of its club: the reward waits for approval.',
  }),
  rewardGranted: defineEvent({
    name: 'billing.reward.granted',
    version: 1,
    payload: RewardEventDto,
    when: 'A reward was approved, and its credit is in the wallet.',
  }),
  rewardRefused: defineEvent({
    name: 'billing.reward.refused',
    version: 1,
    payload: RewardEventDto,
    when: 'A reward was refused; the points stay.',
  }),
} satisfies EventsOf<'billing'>;
