import { PageQueryDto } from './common.dto';
import { defineRpc } from './define';
import { EnumField, ObjectField, SearchField, StringField, UuidField } from './fields';
import { SendDto, SendIdDto } from './sms.rpc';
import { sendStates } from './sms-terms';
import type { SendState } from './sms-terms';

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

export const sendAdministrationRpc = {
  list: defineRpc({
    name: 'sms.sends.listAll',
    input: AdminSendsQueryDto,
    output: AdminSendsDto,
    access: 'user',
    does: 'Sends of all customers, the newest first.',
    errors: ['access.denied', 'search.tooSlow'],
    deadlineMs: 15_000,
  }),
  read: defineRpc({
    name: 'sms.sends.readOfAll',
    input: SendIdDto,
    output: AdminSendDto,
    access: 'user',
    does: 'One send of any customer, and whose it is; of a one-time code the text is left out. That it was opened stands in the audit log. Its messages are read as those of an own send.',
    errors: ['send.notFound', 'access.denied'],
  }),
  intervene: defineRpc({
    name: 'sms.sends.intervene',
    input: SendInterventionDto,
    output: AdminSendDto,
    access: 'user',
    does: 'Pauses, resumes or cancels the send of a customer; the audit log keeps who and why.',
    errors: ['send.notFound', 'send.wrongState', 'access.denied'],
  }),
};
