import { defineRpc } from '../core/define';
import {
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from '../core/fields';

/** `credit` adds to the wallet, `debit` takes from it. */
export const correctionDirections = ['credit', 'debit'] as const;

export type CorrectionDirection = (typeof correctionDirections)[number];

/** Asked for by one administrator (`awaiting`), then decided by another, once. */
export const correctionStates = ['awaiting', 'posted', 'refused', 'expired'] as const;

export type CorrectionState = (typeof correctionStates)[number];

export class CorrectionRequestDto {
  @UuidField({ description: 'Chosen by the caller; a repeat with the same terms changes nothing' })
  correctionId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: '`credit` adds, `debit` takes', values: correctionDirections })
  direction!: CorrectionDirection;

  @RialsField({ description: 'Amount, Rial', min: 1 })
  amountRials!: number;

  @StringField({ description: 'Why; the customer reads it in the statement', minLength: 3, maxLength: 200 })
  reason!: string;
}

export class CorrectionDto extends CorrectionRequestDto {
  @EnumField({ description: 'State', values: correctionStates })
  state!: CorrectionState;

  @UuidField({ description: 'Administrator that asked' })
  requestedBy!: string;

  @InstantField({ description: 'Asked' })
  requestedAt!: string;

  @InstantField({ description: 'If nobody decides, it expires then' })
  expiresAt!: string;

  @UuidField({ description: 'Administrator that decided', nullable: true })
  decidedBy!: string | null;

  @InstantField({ description: 'Decided or expired', nullable: true })
  decidedAt!: string | null;

  @StringField({ description: 'Note of whoever decided', maxLength: 200, nullable: true })
  note!: string | null;
}

export class CorrectionIdDto {
  @UuidField({ description: 'Correction' })
  correctionId!: string;
}

export class CorrectionDecisionDto extends CorrectionIdDto {
  @StringField({ description: 'Note for the file', optional: true, minLength: 3, maxLength: 200 })
  note?: string;
}

export class CorrectionRefusalDto extends CorrectionIdDto {
  @StringField({ description: 'Why it is refused', minLength: 3, maxLength: 200 })
  note!: string;
}

export class CorrectionsQueryDto {
  @EnumField({ description: 'Only in this state', values: correctionStates, optional: true })
  state?: CorrectionState;

  @UuidField({ description: 'Only of this wallet', optional: true })
  customerId?: string;

  @StringField({ description: 'Opaque cursor', optional: true, maxLength: 200 })
  cursor?: string;

  @IntField({ description: 'Rows a page', optional: true, min: 1, max: 200 })
  limit?: number;
}

export class CorrectionsDto {
  @ObjectField({ description: 'Newest first', dto: () => CorrectionDto, array: { maxItems: 200 } })
  corrections!: CorrectionDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const billingCorrectionsRpc = {
  request: defineRpc({
    name: 'billing.corrections.request',
    input: CorrectionRequestDto,
    output: CorrectionDto,
    access: 'user',
    does: 'Asks for a correction of a wallet; another administrator decides within 72 hours.',
    errors: ['wallet.notFound', 'correction.conflict'],
  }),
  read: defineRpc({
    name: 'billing.corrections.read',
    input: CorrectionIdDto,
    output: CorrectionDto,
    access: 'user',
    does: 'One correction.',
    errors: ['correction.notFound'],
  }),
  list: defineRpc({
    name: 'billing.corrections.list',
    input: CorrectionsQueryDto,
    output: CorrectionsDto,
    access: 'user',
    does: 'Corrections, the newest first.',
    errors: [],
  }),
  approve: defineRpc({
    name: 'billing.corrections.approve',
    input: CorrectionDecisionDto,
    output: CorrectionDto,
    access: 'user',
    does: 'Posts a correction that another administrator asked for; never below zero.',
    errors: [
      'correction.notFound',
      'correction.samePerson',
      'correction.wrongState',
      'wallet.insufficientCredit',
    ],
  }),
  refuse: defineRpc({
    name: 'billing.corrections.refuse',
    input: CorrectionRefusalDto,
    output: CorrectionDto,
    access: 'user',
    does: 'Refuses a correction that another administrator asked for.',
    errors: ['correction.notFound', 'correction.samePerson', 'correction.wrongState'],
  }),
};
