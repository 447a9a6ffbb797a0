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
import { CodeRequestedDto } from './codes.rpc';
import { signUpKinds } from './events';
import type { SignUpKind } from './events';
import { ClientDto, SignInResultDto } from './sign-in.dto';

/** What somebody who signs up has typed so far; nothing of it is kept. */
export class SignUpDraftDto {
  @EnumField({ description: 'Who signs up', values: signUpKinds })
  kind!: SignUpKind;

  @StringField({
    description:
      'Wanted username: 3 to 50 Latin or Persian letters, digits, dots, dashes and underscores, a letter first',
    minLength: 1,
    maxLength: 100,
  })
  username!: string;

  @StringField({ description: 'Full name, or the name of the company', minLength: 1, maxLength: 200 })
  name!: string;

  @StringField({ description: 'E-mail', optional: true, maxLength: 254 })
  email?: string;

  @StringField({ description: 'Password', minLength: 1, maxLength: 200 })
  password!: string;

  @StringField({
    description: 'Code of the chosen plan; of an SMS customer only',
    optional: true,
    maxLength: 50,
  })
  plan?: string;

  @StringField({
    description: 'Referral code of whoever introduced this customer (IDN-217)',
    optional: true,
    maxLength: 30,
  })
  referralCode?: string;
}

const termsVersion = {
  description: 'Version of the terms that were read and accepted (IDN-032); it has to be the current one',
  min: 1,
  max: 1_000_000,
};

export class SignUpCodeDto extends SignUpDraftDto {
  @StringField({ description: 'Mobile, any usual writing and digits', minLength: 1, maxLength: 30 })
  mobile!: string;

  @IntField(termsVersion)
  termsVersion!: number;
}

export class SignUpCodeCallDto extends SignUpCodeDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class SignUpDto extends SignUpDraftDto {
  @UuidField({ description: '`requestId` of the answer to the request of the code' })
  requestId!: string;

  @StringField({ description: 'The six digits, any digit form', minLength: 1, maxLength: 20 })
  code!: string;

  @IntField(termsVersion)
  termsVersion!: number;

  @BooleanField({ description: 'Stay signed in for 15 days (IDN-005)', optional: true })
  remember?: boolean;
}

export class SignUpCallDto extends SignUpDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class UsernameQueryDto {
  @StringField({ description: 'Wanted username', minLength: 1, maxLength: 100 })
  username!: string;
}

export class UsernameAvailableDto {
  @StringField({ description: 'As it would be stored', maxLength: 100 })
  username!: string;

  @BooleanField({ description: 'Nobody has it' })
  available!: boolean;
}

export class TermsDto {
  @IntField({ description: 'Version; comes back with the sign-up', min: 1, max: 1_000_000 })
  version!: number;

  @InstantField({ description: 'In force since' })
  since!: string;

  @StringField({ description: 'Persian text; an empty line parts paragraphs', maxLength: 50_000 })
  text!: string;
}

export class ReferralsDto {
  @StringField({ description: 'Own referral code', maxLength: 30 })
  code!: string;

  @StringField({ description: "Path of the site's sign-up page with the code in it", maxLength: 100 })
  path!: string;

  @IntField({ description: 'Accounts that signed up with it', min: 0, max: 1_000_000_000 })
  introduced!: number;
}

const draftErrors = ['password.weak', 'plan.notFound', 'referral.unknown', 'account.usernameTaken'] as const;

export const identitySignUpsRpc = {
  check: defineRpc({
    name: 'identity.signUps.check',
    input: SignUpDraftDto,
    output: EmptyDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Refuses what a sign-up would be refused for, before a code is asked for; keeps nothing. Whether an e-mail is taken is not said here.',
    errors: draftErrors,
  }),
  requestCode: defineRpc({
    name: 'identity.signUps.requestCode',
    input: SignUpCodeCallDto,
    output: CodeRequestedDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Sends a code to the mobile that signs up (IDN-215), once all the rest is right; one answer whether or not it has an account already.',
    errors: ['code.tooSoon', 'code.tooMany', 'terms.outdated', ...draftErrors],
  }),
  complete: defineRpc({
    name: 'identity.signUps.complete',
    input: SignUpCallDto,
    output: SignInResultDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Makes the account and signs it in; nothing is made, and the code stays good, when anything is refused.',
    errors: [
      'code.wrong',
      'code.expired',
      'code.tooManyTries',
      'password.weak',
      'terms.outdated',
      'plan.notFound',
      'referral.unknown',
      'account.usernameTaken',
      'account.emailTaken',
      'account.mobileTaken',
      'rate.limited',
    ],
    deadlineMs: 15_000,
  }),
  available: defineRpc({
    name: 'identity.signUps.available',
    input: UsernameQueryDto,
    output: UsernameAvailableDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Whether a username can be had.',
    errors: [],
  }),
};

export const identityTermsRpc = {
  read: defineRpc({
    name: 'identity.terms.read',
    input: EmptyDto,
    output: TermsDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'The terms in force (IDN-032).',
    errors: [],
  }),
};

export const identityReferralsRpc = {
  read: defineRpc({
    name: 'identity.referrals.read',
    input: EmptyDto,
    output: ReferralsDto,
    access: 'user',
    does: "The caller's referral code and how many it brought (IDN-217).",
    errors: ['account.notFound'],
  }),
};
