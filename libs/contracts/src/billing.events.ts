import { holdStates } from './billing.rpc';
import type { HoldState } from './billing.rpc';
import { defineEvent } from './define';
import { EnumField, RialsField, UuidField } from './fields';

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

export const billingEvents = {
  holdEnded: defineEvent({
    name: 'billing.hold.ended',
    version: 1,
    payload: HoldEndedDto,
    when: 'A hold was closed, released or ran out; nothing more can be captured from it.',
  }),
};
