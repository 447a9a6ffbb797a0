import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  StringField,
  UuidField,
} from '../core/fields';
import { AccountIdDto } from './accounts.rpc';
import { sessionEndReasons } from './events';
import type { SessionEndReason } from './events';
import {
  RefreshCallDto,
  SessionGrantDto,
  SignInCallDto,
  SignInResultDto,
  SignOutCallDto,
} from './sign-in.dto';

export class SessionsEndOfDto extends AccountIdDto {
  @EnumField({ description: 'Why', values: sessionEndReasons })
  reason!: SessionEndReason;
}

/** Open sessions of one account; a further sign-in ends the one that was not used longest. */
export const maxOpenSessions = 100;

export const signInMethods = ['password', 'first_password', 'code', 'sign_up'] as const;

/** How somebody proved who they are; `first_password`: by the token that an issued password gave (IDN-207). */
export type SignInMethod = (typeof signInMethods)[number];

export const signInOutcomes = ['ok', 'set_password', 'failed'] as const;

/** `set_password`: right, but it opened nothing except setting an own password. */
export type SignInOutcome = (typeof signInOutcomes)[number];

export class OwnSessionDto {
  @UuidField({ description: 'Session id' })
  id!: string;

  @BooleanField({ description: 'It is the one that asks' })
  current!: boolean;

  @BooleanField({ description: 'Remember-me was chosen (IDN-005)' })
  persistent!: boolean;

  @StringField({ description: 'User agent at its last use', maxLength: 300 })
  device!: string;

  @StringField({ description: 'Network address at its last use', maxLength: 64 })
  address!: string;

  @InstantField({ description: 'Sign-in' })
  startedAt!: string;

  @InstantField({ description: 'Last sign-in or renewal' })
  lastUsedAt!: string;

  @InstantField({ description: 'End, unless it is used before; remember-me: end' })
  expiresAt!: string;
}

export class OwnSessionsDto {
  @ObjectField({
    description: 'Open sessions, the one used last first',
    dto: () => OwnSessionDto,
    array: { maxItems: maxOpenSessions },
  })
  sessions!: OwnSessionDto[];
}

export class SessionIdDto {
  @UuidField({ description: 'Session id' })
  sessionId!: string;
}

export class EndedSessionsDto {
  @IntField({ description: 'Sessions that were open and ended', min: 0, max: 1_000_000 })
  ended!: number;
}

export class SignInRecordDto {
  @UuidField({ description: 'Id' })
  id!: string;

  @InstantField({ description: 'When' })
  at!: string;

  @EnumField({ description: 'How', values: signInMethods })
  method!: SignInMethod;

  @EnumField({ description: 'What came of it', values: signInOutcomes })
  outcome!: SignInOutcome;

  @StringField({ description: 'User agent', maxLength: 300 })
  device!: string;

  @StringField({ description: 'Network address', maxLength: 64 })
  address!: string;

  @BooleanField({ description: 'Nobody had signed in from there within 90 days' })
  newDevice!: boolean;
}

export class SignInRecordsDto {
  @ObjectField({
    description: 'Tries to sign in, the newest first; of one year',
    dto: () => SignInRecordDto,
    array: { maxItems: 200 },
  })
  signIns!: SignInRecordDto[];

  @StringField({ description: 'Absent on the last page', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const identitySessionsRpc = {
  endOf: defineRpc({
    name: 'identity.sessions.endOf',
    input: SessionsEndOfDto,
    output: EmptyDto,
    access: 'service',
    callers: ['internship'],
    does: 'Ends all sessions of an account, as after a school profile was made final (IDN-019).',
    errors: [],
  }),
  list: defineRpc({
    name: 'identity.sessions.list',
    input: EmptyDto,
    output: OwnSessionsDto,
    access: 'user',
    does: 'Own open sessions with device, address and last use (IDN-210).',
    errors: [],
  }),
  end: defineRpc({
    name: 'identity.sessions.end',
    input: SessionIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Ends one own session; its tokens are refused from then on. Doing it again is no error.',
    errors: ['session.notFound'],
  }),
  endOthers: defineRpc({
    name: 'identity.sessions.endOthers',
    input: EmptyDto,
    output: EndedSessionsDto,
    access: 'user',
    does: 'Ends all own sessions but the one that asks.',
    errors: [],
  }),
  endAll: defineRpc({
    name: 'identity.sessions.endAll',
    input: EmptyDto,
    output: EndedSessionsDto,
    access: 'user',
    does: 'Ends all own sessions, the one that asks too; no browser counts as known afterwards.',
    errors: [],
  }),
  signIn: defineRpc({
    name: 'identity.sessions.signIn',
    input: SignInCallDto,
    output: SignInResultDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Checks username and password and opens a session, or asks for an own password first (IDN-207).',
    errors: ['login.failed', 'login.throttled', 'rate.limited'],
  }),
  refresh: defineRpc({
    name: 'identity.sessions.refresh',
    input: RefreshCallDto,
    output: SessionGrantDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Rotates the refresh token and gives a new access token.',
    errors: ['session.ended'],
  }),
  signOut: defineRpc({
    name: 'identity.sessions.signOut',
    input: SignOutCallDto,
    output: EmptyDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Ends the session; doing it again is no error.',
    errors: [],
  }),
};

export const identitySignInsRpc = {
  list: defineRpc({
    name: 'identity.signIns.list',
    input: PageQueryDto,
    output: SignInRecordsDto,
    access: 'user',
    does: 'Tries to sign in to the own account: when, how, from where (IDN-211).',
    errors: [],
  }),
};
