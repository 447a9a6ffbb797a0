import { defineRpc } from './define';
import { EnumField, InstantField, ObjectField, StringField, UuidField } from './fields';
import { AccountIdDto } from './identity-accounts.rpc';
import { ClientDto } from './identity.rpc';

/** What of an account another person changed: where codes go, or what opens it. */
export const contactFields = ['mobile', 'email', 'nationalCode', 'password'] as const;
export type ContactField = (typeof contactFields)[number];

/**
 * - `held`: nothing is sent to the new address, and nothing opened by the new national code, until `heldUntil`
 * - `approved`: a second person of another role agreed; `stopped`: the owner refused it, and it was taken back
 */
export const contactChangeStates = ['held', 'approved', 'stopped'] as const;
export type ContactChangeState = (typeof contactChangeStates)[number];

export const changerRoles = ['admin', 'support', 'reseller'] as const;
export type ChangerRole = (typeof changerRoles)[number];

/** One change that somebody else than the owner made. */
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

export const contactsRpc = {
  list: defineRpc({
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
