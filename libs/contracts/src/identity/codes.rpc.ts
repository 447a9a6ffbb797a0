import { EmptyDto } from '../core/common.dto';
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
import { ClientDto, SignInResultDto } from './sign-in.dto';

/** What a one-time code that is asked for by username may open. */
export const codePurposes = ['sign_in', 'reset_password'] as const;

export type CodePurpose = (typeof codePurposes)[number];

/** Where the person wants the code first; when it cannot be sent there it goes to Bale, then by SMS. */
export const codeChannels = ['bale', 'sms', 'email'] as const;

export type CodeChannelName = (typeof codeChannels)[number];

export class CodeRequestDto {
  @StringField({ description: 'Username, any digit form', minLength: 1, maxLength: 100 })
  username!: string;

  @EnumField({ description: 'What the code shall open', values: codePurposes })
  purpose!: CodePurpose;

  @EnumField({
    description: 'Where to first: `bale` unless said otherwise; `email` only to set a new password (IDN-209)',
    optional: true,
    values: codeChannels,
  })
  channel?: CodeChannelName;
}

export class CodeRequestCallDto extends CodeRequestDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

/** The same whether or not the username has an account, a mobile or Bale. */
export class CodeRequestedDto {
  @UuidField({ description: 'Comes back with the code' })
  requestId!: string;

  @InstantField({ description: 'The code is refused from then on' })
  expiresAt!: string;

  @IntField({ description: 'Before that no other code is sent, seconds', min: 0, max: 86_400 })
  resendAfterSeconds!: number;
}

export class CodeDto {
  @UuidField({ description: '`requestId` of the answer to the request of the code' })
  requestId!: string;

  @StringField({ description: 'The six digits, any digit form', minLength: 1, maxLength: 20 })
  code!: string;
}

export class CodeSignInDto extends CodeDto {
  @BooleanField({ description: 'Stay signed in for 15 days (IDN-005)', optional: true })
  remember?: boolean;
}

export class CodeSignInCallDto extends CodeSignInDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class BaleLinkDto {
  @StringField({
    description: 'Opens our bot in Bale; the person there shares the own contact',
    maxLength: 300,
  })
  url!: string;

  @InstantField({ description: 'The link is refused from then on' })
  expiresAt!: string;
}

export class BaleStatusDto {
  @BooleanField({ description: 'This installation has a Bale bot' })
  available!: boolean;

  @InstantField({ description: 'The chat was linked then; null: none is linked', nullable: true })
  linkedAt!: string | null;
}

export const identityCodesRpc = {
  request: defineRpc({
    name: 'identity.codes.request',
    input: CodeRequestCallDto,
    output: CodeRequestedDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Sends a one-time code to where the account is registered: Bale, or SMS where that fails (IDN-002, IDN-003). One answer, after the same time, whether or not there is such an account.',
    errors: ['code.tooSoon', 'code.tooMany'],
  }),
  signIn: defineRpc({
    name: 'identity.codes.signIn',
    input: CodeSignInCallDto,
    output: SignInResultDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Checks a one-time code and opens a session (IDN-002), or asks for an own password first (IDN-207).',
    errors: ['code.wrong', 'code.expired', 'code.tooManyTries', 'login.throttled', 'login.failed'],
  }),
};

export const identityBaleRpc = {
  link: defineRpc({
    name: 'identity.bale.link',
    input: EmptyDto,
    output: BaleLinkDto,
    access: 'user',
    does: "Begins to link a Bale chat to the caller's account (IDN-206); it is linked when its contact proves to be the registered mobile.",
    errors: ['bale.off', 'bale.noMobile'],
  }),
  status: defineRpc({
    name: 'identity.bale.status',
    input: EmptyDto,
    output: BaleStatusDto,
    access: 'user',
    does: 'Whether a Bale chat is linked to the account of the caller.',
    errors: [],
  }),
  unlink: defineRpc({
    name: 'identity.bale.unlink',
    input: EmptyDto,
    output: EmptyDto,
    access: 'user',
    does: "Unlinks the caller's Bale chat; doing it again is no error.",
    errors: [],
  }),
};
