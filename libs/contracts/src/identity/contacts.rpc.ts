import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, IntField, ObjectField, StringField, UuidField } from '../core/fields';
import { AccountIdDto } from './accounts.rpc';
import { ClientDto } from './sign-in.dto';

/** What of an account another person changed: where codes go, or what opens it. */
export const contactFields = ['mobile', 'email', 'nationalCode', 'password'] as const;

export type ContactField = (typeof contactFields)[number];

/**
 * - `held`: nothing is sent to the new address, and nothing opened by the new national code, until `heldUntil`
 * - `approved`: a second person of another role agreed; `stopped`: the owner refused it, and it was taken back
 * - `proved`: the owner changed it, by a code to the old mobile and one to the new; the person who learns of it at the old
 *   address can still stop it until `heldUntil`
 */
export const contactChangeStates = ['held', 'approved', 'stopped', 'proved'] as const;

export type ContactChangeState = (typeof contactChangeStates)[number];

export const changerRoles = ['admin', 'support', 'reseller', 'owner'] as const;

export type ChangerRole = (typeof changerRoles)[number];

/** One change of where codes go or of what opens an account. */
export class ContactChangeDto {
  @UuidField({ description: 'Change' })
  id!: string;

  @EnumField({ description: 'What was changed', values: contactFields })
  field!: ContactField;

  @EnumField({ description: 'As what whoever changed it acted', values: changerRoles })
  changedAs!: ChangerRole;

  @InstantField({ description: 'When' })
  changedAt!: string;

  @InstantField({ description: 'It has its full effect from then on, or from the approval on' })
  heldUntil!: string;

  @EnumField({ description: 'What became of it', values: contactChangeStates })
  state!: ContactChangeState;
}

export class ContactChangesDto {
  @ObjectField({
    description: 'Newest first, of the last 30 days',
    dto: () => ContactChangeDto,
    array: { maxItems: 20 },
  })
  changes!: ContactChangeDto[];
}

export class ContactStopDto {
  @StringField({
    description: 'What stands in the link of the message about the change',
    minLength: 1,
    maxLength: 100,
    pattern: /^[\w-]+$/,
  })
  token!: string;
}

export class ContactStopCallDto extends ContactStopDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class ContactStoppedDto {
  @EnumField({ description: 'What was taken back', values: contactFields })
  field!: ContactField;
}

export class OwnMobileCodesDto {
  @StringField({ description: 'The new mobile, any usual writing and digits', minLength: 1, maxLength: 30 })
  mobile!: string;
}

export class OwnMobileCodesCallDto extends OwnMobileCodesDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class OwnMobileRequestedDto {
  @UuidField({ description: 'Of the code that went to the present mobile' })
  oldRequestId!: string;

  @UuidField({ description: 'Of the code that went to the new mobile' })
  newRequestId!: string;

  @StringField({ description: 'The present mobile, masked: `0912***4567`', maxLength: 11 })
  oldMobile!: string;

  @InstantField({ description: 'Both codes are good until then' })
  expiresAt!: string;

  @IntField({ description: 'Other codes may be asked for after so long, s', min: 0, max: 3_600 })
  resendAfterSeconds!: number;
}

export class OwnMobileDto {
  @UuidField({ description: 'Of the code that went to the present mobile' })
  oldRequestId!: string;

  @StringField({ description: 'That code, any digit form', minLength: 1, maxLength: 20 })
  oldCode!: string;

  @UuidField({ description: 'Of the code that went to the new mobile' })
  newRequestId!: string;

  @StringField({ description: 'That code, any digit form', minLength: 1, maxLength: 20 })
  newCode!: string;
}

export class OwnMobileCallDto extends OwnMobileDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export const identityContactsRpc = {
  requestOwnMobile: defineRpc({
    name: 'identity.contacts.requestOwnMobile',
    input: OwnMobileCodesCallDto,
    output: OwnMobileRequestedDto,
    access: 'user',
    does: 'Sends a code to the present mobile of the caller and one to the new; newer ones take their place.',
    errors: [
      'account.notFound',
      'account.readOnly',
      'contactChange.noMobile',
      'contactChange.mobileHeld',
      'code.tooSoon',
      'code.tooMany',
    ],
  }),
  changeOwnMobile: defineRpc({
    name: 'identity.contacts.changeOwnMobile',
    input: OwnMobileCallDto,
    output: EmptyDto,
    access: 'user',
    does: 'Changes the own mobile by both codes; the old mobile and the other ways of the account are told, with a link that stops it.',
    errors: [
      'account.notFound',
      'account.readOnly',
      'account.mobileTaken',
      'contactChange.mobileHeld',
      'code.wrong',
      'code.expired',
      'code.tooManyTries',
    ],
  }),
  changes: defineRpc({
    name: 'identity.contacts.changes',
    input: AccountIdDto,
    output: ContactChangesDto,
    access: 'user',
    does: 'Changes by others of where codes go and of what opens an account.',
    errors: ['account.notFound'],
  }),
  approve: defineRpc({
    name: 'identity.contacts.approve',
    input: AccountIdDto,
    output: ContactChangesDto,
    access: 'user',
    does: 'Gives all held changes of an account their effect: by a second person, of another role than whoever made them.',
    errors: ['account.notFound', 'contactChange.notHeld', 'contactChange.needsOther'],
  }),
  stop: defineRpc({
    name: 'identity.contacts.stop',
    input: ContactStopCallDto,
    output: ContactStoppedDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'The owner refuses a change that somebody else made: it is taken back, and all sessions end.',
    errors: ['contactChange.notHeld', 'account.emailTaken', 'account.nationalCodeTaken', 'login.throttled'],
  }),
};
