import { PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, ObjectField, RialsField, StringField, UuidField } from '../core/fields';
import { bankCodes } from './banks.rpc';
import type { BankCode } from './banks.rpc';

/**
 * created: amount entered. sent: the bank waits for the payer. unknown: the payer may have paid, the bank has not said so
 * yet. verified: the bank has said so, the money is not ours yet. credited: in the wallet. cancelled, failed, expired: not
 * paid, as far as is known. reversed: the bank gives the money back. unresolved: the bank never answered; a person looks.
 */
export const topupStates = [
  'created',
  'sent',
  'unknown',
  'verified',
  'credited',
  'cancelled',
  'failed',
  'expired',
  'reversed',
  'unresolved',
] as const;

export type TopupState = (typeof topupStates)[number];

export class TopupRequestDto {
  @RialsField({ description: 'Amount to pay, Rial', min: 1 })
  amountRials!: number;

  @EnumField({ description: 'Bank to pay with', values: bankCodes })
  bank!: BankCode;

  @StringField({
    description: 'Chosen by the client; a repeat gives the same top-up back',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;
}

export class TopupDto {
  @UuidField({ description: 'Top-up id' })
  id!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: 'Bank', values: bankCodes })
  bank!: BankCode;

  @StringField({ description: 'Persian name of the bank', maxLength: 100 })
  bankTitle!: string;

  @EnumField({ description: 'State', values: topupStates })
  state!: TopupState;

  @RialsField({ description: 'What is paid, Rial' })
  amountRials!: number;

  @RialsField({ description: 'Gift credit that was promised when it was begun, Rial (BIL-007)' })
  giftRials!: number;

  @RialsField({ description: 'Final charge: amount + gift, Rial (BIL-004)' })
  totalRials!: number;

  @StringField({ description: 'What the state means, in Persian, for the person', maxLength: 500 })
  message!: string;

  @StringField({
    description: "The bank's last code",
    nullable: true,
    optional: true,
    maxLength: 50,
  })
  bankCode?: string | null;

  @StringField({
    description: 'Reference number of the payment at the bank (BIL-214)',
    nullable: true,
    optional: true,
    maxLength: 50,
  })
  referenceNumber?: string | null;

  @StringField({ description: 'Card, masked by the bank', nullable: true, optional: true, maxLength: 50 })
  card?: string | null;

  @StringField({
    description: 'Page that leads to the bank; null when it can no longer be paid',
    nullable: true,
    optional: true,
    maxLength: 2_000,
  })
  payUrl?: string | null;

  @InstantField({ description: 'Begun' })
  createdAt!: string;

  @InstantField({ description: 'In the wallet since', nullable: true, optional: true })
  creditedAt?: string | null;
}

/** What became of a payment, for anybody who has its address: nothing of the customer. */
export class PaymentOutcomeDto {
  @UuidField({ description: 'Top-up id' })
  id!: string;

  @EnumField({ description: 'State', values: topupStates })
  state!: TopupState;

  @StringField({ description: 'What the state means, in Persian, for the person', maxLength: 500 })
  message!: string;

  @StringField({ description: 'Persian name of the bank', maxLength: 100 })
  bankTitle!: string;

  @RialsField({ description: 'What is paid, Rial' })
  amountRials!: number;

  @RialsField({ description: 'Gift credit, Rial' })
  giftRials!: number;

  @RialsField({ description: 'Final charge: amount + gift, Rial' })
  totalRials!: number;

  @StringField({
    description: 'Reference number of the payment at the bank (BIL-214)',
    nullable: true,
    maxLength: 50,
  })
  referenceNumber!: string | null;

  @StringField({ description: 'Card, masked by the bank', nullable: true, maxLength: 50 })
  card!: string | null;

  @StringField({
    description: 'Page that leads to the bank; null when it can no longer be paid',
    nullable: true,
    maxLength: 2_000,
  })
  payUrl!: string | null;

  @InstantField({ description: 'In the wallet since', nullable: true })
  creditedAt!: string | null;
}

export class TopupIdDto {
  @UuidField({ description: 'Top-up id' })
  topupId!: string;
}

export class TopupsQueryDto extends PageQueryDto {
  @EnumField({ description: 'Only in this state', values: topupStates, optional: true })
  state?: TopupState;

  @UuidField({ description: 'Only of this customer; another than oneself only for admin', optional: true })
  customerId?: string;
}

export class TopupsDto {
  @ObjectField({ description: 'Newest first', dto: () => TopupDto, array: { maxItems: 200 } })
  topups!: TopupDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

/** Proof of a payment (BIL-214). */
export class TopupReceiptDto {
  @UuidField({ description: 'Top-up id' })
  topupId!: string;

  @StringField({ description: 'Who paid', maxLength: 200 })
  customerName!: string;

  @StringField({ description: 'Persian name of the bank', maxLength: 100 })
  bankTitle!: string;

  @StringField({ description: 'Number of our request at the bank', maxLength: 50 })
  orderNumber!: string;

  @StringField({ description: 'Reference number of the payment at the bank', maxLength: 50 })
  referenceNumber!: string;

  @StringField({ description: 'Card, masked by the bank', nullable: true, optional: true, maxLength: 50 })
  card?: string | null;

  @RialsField({ description: 'Paid, Rial' })
  amountRials!: number;

  @RialsField({ description: 'Gift credit, Rial' })
  giftRials!: number;

  @RialsField({ description: 'Credited in all, Rial' })
  totalRials!: number;

  @InstantField({ description: 'In the wallet since' })
  creditedAt!: string;
}

export class FormFieldDto {
  @StringField({ description: 'Name', maxLength: 100 })
  name!: string;

  @StringField({ description: 'Value', maxLength: 500 })
  value!: string;
}

/** How a browser gets to the bank. */
export class PaymentStartDto {
  @ObjectField({ description: 'The top-up', dto: () => TopupDto })
  topup!: TopupDto;

  @EnumField({
    description: 'How the browser goes there; absent when it can no longer be paid',
    values: ['GET', 'POST'],
    optional: true,
  })
  method?: 'GET' | 'POST';

  @StringField({ description: "The bank's page", optional: true, maxLength: 2_000 })
  url?: string;

  @ObjectField({ description: 'Fields of the form', dto: () => FormFieldDto, array: { maxItems: 10 } })
  fields!: FormFieldDto[];
}

export class PaymentCallbackDto {
  @UuidField({ description: 'Top-up id' })
  topupId!: string;

  @ObjectField({
    description: 'What the browser brought from the bank: a hint, nothing more',
    dto: () => FormFieldDto,
    array: { maxItems: 30 },
  })
  fields!: FormFieldDto[];
}

export const billingTopupsRpc = {
  create: defineRpc({
    name: 'billing.topups.create',
    input: TopupRequestDto,
    output: TopupDto,
    access: 'user',
    does: 'Begins a top-up: asks the bank for a payment and answers the page to pay at (BIL-001, BIL-010). `failed`: the bank refused.',
    errors: [
      'topup.amountOutOfRange',
      'topup.tooManyOpen',
      'bank.unavailable',
      'idempotency.keyReused',
      'tariff.missing',
    ],
    // The bank may take 30 s.
    deadlineMs: 40_000,
  }),
  read: defineRpc({
    name: 'billing.topups.read',
    input: TopupIdDto,
    output: TopupDto,
    access: 'user',
    does: 'One top-up.',
    errors: ['topup.notFound'],
  }),
  list: defineRpc({
    name: 'billing.topups.list',
    input: TopupsQueryDto,
    output: TopupsDto,
    access: 'user',
    does: 'Own top-ups; an administrator sees all.',
    errors: [],
  }),
  receipt: defineRpc({
    name: 'billing.topups.receipt',
    input: TopupIdDto,
    output: TopupReceiptDto,
    access: 'user',
    does: 'Receipt of a credited top-up with its reference number (BIL-214).',
    errors: ['topup.notFound', 'topup.notCredited'],
  }),
  check: defineRpc({
    name: 'billing.topups.check',
    input: TopupIdDto,
    output: TopupDto,
    access: 'user',
    does: 'Asks the bank once more about a payment whose outcome is not known.',
    errors: ['topup.notFound', 'topup.decided', 'bank.unavailable'],
  }),
  start: defineRpc({
    name: 'billing.topups.start',
    input: TopupIdDto,
    output: PaymentStartDto,
    access: 'service',
    callers: ['api-gateway'],
    does: "How the payer's browser gets to the bank; for the page of the gateway.",
    errors: ['topup.notFound', 'bank.unavailable'],
  }),
  callback: defineRpc({
    name: 'billing.topups.callback',
    input: PaymentCallbackDto,
    output: TopupDto,
    access: 'service',
    callers: ['api-gateway'],
    does: "A browser came back from the bank. Only the bank's own answer credits (BIL-203).",
    errors: ['topup.notFound', 'topup.callbackForeign', 'bank.unavailable'],
    deadlineMs: 15_000,
  }),
  outcome: defineRpc({
    name: 'billing.topups.outcome',
    input: TopupIdDto,
    output: TopupDto,
    access: 'service',
    callers: ['api-gateway'],
    does: 'The top-up for the result page.',
    errors: ['topup.notFound'],
  }),
};
