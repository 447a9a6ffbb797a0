import { PageQueryDto } from '../core/common.dto';
import { EnumField, ObjectField, SearchField, StringField, UuidField } from '../core/fields';
import { sendStates } from '../core/sms-terms';
import type { SendState } from '../core/sms-terms';
import { SendDto } from './sends.dto';

/** Sends of all customers, for administrators. */
export class AdminSendDto extends SendDto {
  @UuidField({
    description: "Owner's account id; null: the platform itself, which is no account",
    nullable: true,
  })
  customerId!: string | null;
}

export class AdminSendsQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only of this customer', optional: true })
  customerId?: string;

  @SearchField({ of: 'title or text' })
  search?: string;

  @EnumField({ description: 'Only this state', optional: true, values: sendStates })
  state?: SendState;

  @UuidField({ description: 'Only of this line', optional: true })
  lineId?: string;
}

export class AdminSendsDto {
  @ObjectField({
    description: 'Newest first; of one-time codes the text is left out',
    dto: () => AdminSendDto,
    array: { maxItems: 200 },
  })
  sends!: AdminSendDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const interventions = ['pause', 'resume', 'cancel'] as const;

export type Intervention = (typeof interventions)[number];

export class SendInterventionDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @EnumField({
    description:
      'pause: nothing more leaves within two seconds; resume: it goes on where it stopped; cancel: what has not left is cancelled and its credit released',
    values: interventions,
  })
  act!: Intervention;

  @StringField({
    description: 'Why; stands in the audit log',
    minLength: 3,
    maxLength: 200,
    pattern: /^[^\u0000]*$/,
  })
  reason!: string;
}
