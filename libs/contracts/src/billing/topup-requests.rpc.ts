import { PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, ObjectField, RialsField, StringField, UuidField } from '../core/fields';

/** A user asks its reseller for credit (BIL-209, SMT-215). */
export const topupRequestStates = ['open', 'approved', 'refused', 'withdrawn', 'expired'] as const;

export type TopupRequestState = (typeof topupRequestStates)[number];

export class TopupRequestDraftDto {
  @RialsField({ description: 'Amount asked for, Rial', min: 1 })
  amountRials!: number;

  @StringField({
    description: 'Note to the reseller',
    optional: true,
    maxLength: 200,
  })
  note?: string;

  @StringField({
    description: 'Chosen by the client; a repeat gives the same request back',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;
}

export class UserTopupRequestDto {
  @UuidField({ description: 'Request' })
  id!: string;

  @UuidField({ description: 'User that asks' })
  customerId!: string;

  @StringField({ description: 'Its name', maxLength: 200 })
  customerName!: string;

  @UuidField({ description: 'Reseller that is asked' })
  resellerId!: string;

  @EnumField({ description: 'State', values: topupRequestStates })
  state!: TopupRequestState;

  @RialsField({ description: 'Amount asked for, Rial' })
  amountRials!: number;

  @StringField({ description: 'Note to the reseller', maxLength: 200 })
  note!: string;

  @StringField({ description: 'Why it was refused', nullable: true, maxLength: 200 })
  refusal!: string | null;

  @InstantField({ description: 'Asked' })
  createdAt!: string;

  @InstantField({ description: 'If nobody decides, it ends then' })
  expiresAt!: string;

  @InstantField({ description: 'Ended', nullable: true })
  endedAt!: string | null;
}

export class TopupRequestIdDto {
  @UuidField({ description: 'Request' })
  requestId!: string;
}

export class TopupRequestRefusalDto extends TopupRequestIdDto {
  @StringField({
    description: 'Why; the user reads it',
    minLength: 1,
    maxLength: 200,
  })
  reason!: string;
}

export class TopupRequestsQueryDto extends PageQueryDto {
  @EnumField({ description: 'Only in this state', optional: true, values: topupRequestStates })
  state?: TopupRequestState;
}

export class TopupRequestsDto {
  @ObjectField({ description: 'Newest first', dto: () => UserTopupRequestDto, array: { maxItems: 200 } })
  requests!: UserTopupRequestDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const billingTopupRequestsRpc = {
  create: defineRpc({
    name: 'billing.topupRequests.create',
    input: TopupRequestDraftDto,
    output: UserTopupRequestDto,
    access: 'user',
    does: 'Asks the own reseller for credit; one request is open at a time (BIL-209).',
    errors: ['topupRequest.noReseller', 'topupRequest.alreadyOpen', 'idempotency.keyReused'],
  }),
  mine: defineRpc({
    name: 'billing.topupRequests.mine',
    input: TopupRequestsQueryDto,
    output: TopupRequestsDto,
    access: 'user',
    does: 'Own requests for credit.',
    errors: [],
  }),
  withdraw: defineRpc({
    name: 'billing.topupRequests.withdraw',
    input: TopupRequestIdDto,
    output: UserTopupRequestDto,
    access: 'user',
    does: 'Takes back an own request that is open.',
    errors: ['topupRequest.notFound', 'topupRequest.ended'],
  }),
  list: defineRpc({
    name: 'billing.topupRequests.list',
    input: TopupRequestsQueryDto,
    output: TopupRequestsDto,
    access: 'user',
    does: "Requests of the calling reseller's users; for an administrator all (SMT-215).",
    errors: [],
  }),
  approve: defineRpc({
    name: 'billing.topupRequests.approve',
    input: TopupRequestIdDto,
    output: UserTopupRequestDto,
    access: 'user',
    does: 'Moves the credit from the calling reseller to the user, once.',
    errors: ['topupRequest.notFound', 'topupRequest.ended', 'wallet.insufficientCredit'],
  }),
  refuse: defineRpc({
    name: 'billing.topupRequests.refuse',
    input: TopupRequestRefusalDto,
    output: UserTopupRequestDto,
    access: 'user',
    does: 'Refuses a request with a reason.',
    errors: ['topupRequest.notFound', 'topupRequest.ended'],
  }),
};
