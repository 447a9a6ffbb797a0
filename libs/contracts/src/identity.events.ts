import { defineEvent } from './define';
import { BooleanField, EnumField, InstantField, StringField, UuidField } from './fields';
import { roles } from './principal';
import type { Role } from './principal';

export class AccountCreatedDto {
  @UuidField({ description: 'Account id' })
  accountId!: string;

  @StringField({ description: 'Full name', maxLength: 200 })
  name!: string;

  @EnumField({ description: 'Roles', values: roles, array: { maxItems: 20 } })
  roles!: Role[];
}

export class SessionStartedDto {
  @UuidField({ description: 'Session id' })
  sessionId!: string;

  @UuidField({ description: 'Account id' })
  accountId!: string;

  @InstantField({ description: 'When' })
  at!: string;

  @BooleanField({ description: 'Remember-me was chosen' })
  persistent!: boolean;
}

export class SessionEndedDto {
  @UuidField({ description: 'Session id' })
  sessionId!: string;

  @UuidField({ description: 'Account id' })
  accountId!: string;

  @EnumField({ description: 'Why', values: ['signed_out', 'reuse_detected', 'expired'] })
  reason!: 'signed_out' | 'reuse_detected' | 'expired';
}

export const identityEvents = {
  accountCreated: defineEvent({
    name: 'identity.account.created',
    version: 1,
    payload: AccountCreatedDto,
    when: 'An account exists for the first time.',
  }),
  sessionStarted: defineEvent({
    name: 'identity.session.started',
    version: 1,
    payload: SessionStartedDto,
    when: 'Somebody signed in.',
  }),
  sessionEnded: defineEvent({
    name: 'identity.session.ended',
    version: 1,
    payload: SessionEndedDto,
    when: 'A session was signed out, ran out, or was ended because its refresh token was used twice.',
  }),
};
