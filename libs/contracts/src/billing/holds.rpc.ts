import { defineRpc } from '../core/define';
import { EnumField, InstantField, ObjectField, RialsField, UuidField } from '../core/fields';

export class HoldPlaceDto {
  @UuidField({
    description:
      'Chosen by the caller: the id of what is paid for; a repeat with the same terms changes nothing',
  })
  holdId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @RialsField({ description: 'Amount held, Rial' })
  amountRials!: number;

  @EnumField({ description: 'What for', values: ['send'] })
  purpose!: 'send';

  @InstantField({ description: 'If nobody captures or releases it, it ends then' })
  expiresAt!: string;
}

export const holdStates = ['open', 'closed', 'released', 'expired'] as const;

export type HoldState = (typeof holdStates)[number];

export class HoldDto {
  @UuidField({ description: 'Hold id' })
  holdId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: 'State', values: holdStates })
  state!: HoldState;

  @RialsField({ description: 'Held at first, Rial' })
  amountRials!: number;

  @RialsField({ description: 'Captured until now, Rial' })
  capturedRials!: number;

  @RialsField({ description: 'Given back unused until now, Rial' })
  releasedRials!: number;

  @RialsField({ description: 'Paid back after capture (undelivered on a line that refunds), Rial' })
  refundedRials!: number;

  @RialsField({
    description: 'Of what was captured the margin of the reseller, Rial; only when holds are read',
    optional: true,
  })
  marginRials?: number;
}

export class HoldIdDto {
  @UuidField({ description: 'Hold id' })
  holdId!: string;
}

export class HoldIdsDto {
  @UuidField({ description: 'Hold ids', array: { maxItems: 500 } })
  holdIds!: string[];
}

export class HoldsDto {
  @ObjectField({ description: 'Those that exist', dto: () => HoldDto, array: { maxItems: 500 } })
  holds!: HoldDto[];
}

export const billingHoldsRpc = {
  place: defineRpc({
    name: 'billing.holds.place',
    input: HoldPlaceDto,
    output: HoldDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Reserves credit once; refused when the available credit is less.',
    errors: ['wallet.insufficientCredit', 'hold.conflict', 'hold.ended'],
  }),
  release: defineRpc({
    name: 'billing.holds.release',
    input: HoldIdDto,
    output: HoldDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Ends a hold and gives back what was not captured; a hold that was never placed can no longer be placed.',
    errors: ['hold.notFound'],
  }),
  read: defineRpc({
    name: 'billing.holds.read',
    input: HoldIdsDto,
    output: HoldsDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'State and amounts of up to 500 holds, for reconciliation.',
    errors: [],
  }),
};
