import { defineEvent } from '../core/define';
import type { EventsOf } from '../core/define';
import {
  BooleanField,
  DayField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  StringField,
  UuidField,
} from '../core/fields';
import { roles, scopePattern } from '../core/principal';
import type { Role, Scope } from '../core/principal';

const codePattern = /^[\p{L}\p{N}_-]{1,64}$/u;

export class DistrictListedDto {
  @StringField({ description: 'District code', maxLength: 64, pattern: codePattern })
  code!: string;

  @StringField({ description: 'Name', maxLength: 200 })
  name!: string;
}

export class SchoolListedDto {
  @StringField({ description: 'School code', maxLength: 64, pattern: codePattern })
  code!: string;

  @StringField({ description: 'Name', maxLength: 200 })
  name!: string;

  @StringField({ description: 'Code of its district', maxLength: 64, pattern: codePattern })
  districtCode!: string;
}

export class TermListedDto {
  @StringField({ description: 'Term code', maxLength: 64, pattern: codePattern })
  code!: string;

  @StringField({ description: 'Name', maxLength: 200 })
  name!: string;

  @DayField({ description: 'First day in Tehran, Gregorian `YYYY-MM-DD`' })
  startsOn!: string;

  @DayField({ description: 'Last day in Tehran, Gregorian `YYYY-MM-DD`' })
  endsOn!: string;
}

/** Basic data of the institution that came in by import (IDN-203). Identity remembers only what it said last. */
export const identityDirectoryEvents = {
  districtListed: defineEvent({
    name: 'identity.directory.districtListed',
    version: 1,
    payload: DistrictListedDto,
    when: 'A district was imported for the first time or with another name.',
  }),
  schoolListed: defineEvent({
    name: 'identity.directory.schoolListed',
    version: 1,
    payload: SchoolListedDto,
    when: 'A school was imported for the first time, or with another name or district.',
  }),
  termListed: defineEvent({
    name: 'identity.directory.termListed',
    version: 1,
    payload: TermListedDto,
    when: 'A term was imported for the first time, or with another name or other days.',
  }),
} satisfies EventsOf<'identity'>;

/** A role with what it is limited to (`scopeKindsOf`). */
export class RoleGrantDto {
  @EnumField({ description: 'Role', values: roles })
  role!: Role;

  @StringField({
    description: 'Scopes, `<kind>:<code>`, such as `school:10023`; empty for a role that has none',
    array: { maxItems: 100 },
    maxLength: 80,
    pattern: scopePattern,
  })
  scopes!: Scope[];
}

export const signUpKinds = ['sms_customer', 'portal_user'] as const;

export type SignUpKind = (typeof signUpKinds)[number];

/** What others need to know of an account to keep their small copies. No national code, mobile or address in it. */
export class AccountChangedDto {
  @UuidField({ description: 'Account id' })
  accountId!: string;

  @StringField({ description: 'Full name', maxLength: 200 })
  name!: string;

  @ObjectField({ description: 'Roles and their scopes', dto: () => RoleGrantDto, array: { maxItems: 20 } })
  grants!: RoleGrantDto[];

  @BooleanField({ description: 'It may not be used' })
  disabled!: boolean;

  @UuidField({ description: 'Reseller that it belongs to (IDN-216)', optional: true, nullable: true })
  resellerId?: string | null;

  @IntField({
    description: 'Permission stamp: tokens with a smaller one are refused from now on',
    min: 1,
    max: 2_000_000_000,
  })
  stamp!: number;
}

export class AccountCreatedDto extends AccountChangedDto {
  @EnumField({ description: 'Present: it signed itself up', values: signUpKinds, optional: true })
  signedUpAs?: SignUpKind;

  @StringField({ description: 'Plan chosen at sign-up (BIL-022)', optional: true, maxLength: 50 })
  plan?: string;

  @UuidField({ description: 'Account that introduced it (IDN-217)', optional: true, nullable: true })
  referrerId?: string | null;
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

export const sessionEndReasons = [
  'signed_out',
  'ended_by_user',
  'ended_by_admin',
  'password_changed',
  'data_changed',
  'account_disabled',
  'reuse_detected',
  'expired',
  'too_many',
  'key_revoked',
] as const;

export type SessionEndReason = (typeof sessionEndReasons)[number];

export class SessionEndedDto {
  @UuidField({ description: 'Id of the session, or of the API key with `key_revoked`' })
  sessionId!: string;

  @UuidField({ description: 'Account id' })
  accountId!: string;

  @EnumField({ description: 'Why', values: sessionEndReasons })
  reason!: SessionEndReason;
}

export class PasswordChangedDto {
  @UuidField({ description: 'Account id' })
  accountId!: string;

  @EnumField({ description: 'How', values: ['first_sign_in', 'changed', 'reset', 'set_by_admin'] })
  how!: 'first_sign_in' | 'changed' | 'reset' | 'set_by_admin';

  @InstantField({ description: 'When' })
  at!: string;
}

export const identityEvents = {
  accountCreated: defineEvent({
    name: 'identity.account.created',
    version: 1,
    payload: AccountCreatedDto,
    when: 'An account exists for the first time.',
  }),
  accountUpdated: defineEvent({
    name: 'identity.account.updated',
    version: 1,
    payload: AccountChangedDto,
    when: 'Name, roles, scopes or reseller of an account changed, or it was enabled again.',
  }),
  accountDisabled: defineEvent({
    name: 'identity.account.disabled',
    version: 1,
    payload: AccountChangedDto,
    when: 'An account may not be used any more; its sessions end with it.',
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
    when: 'A session was signed out, ran out or was ended, or an API key was revoked: its tokens are refused from now on.',
  }),
  passwordChanged: defineEvent({
    name: 'identity.password.changed',
    version: 1,
    payload: PasswordChangedDto,
    when: 'An account has a new password.',
  }),
} satisfies EventsOf<'identity'>;
