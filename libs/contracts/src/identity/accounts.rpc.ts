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
import { roles, scopePattern } from '../core/principal';
import type { Role, Scope } from '../core/principal';
import { RoleGrantDto } from './events';
import { passwordMaxLength } from './passwords.rpc';
import { AccountDto } from './sign-in.dto';

/** Accounts as those see them who manage them (IDN-202, IDN-204, IDN-216, IDN-218), the audit log, barcodes. */

/** What a username is: a code that an institution gave (IDN-007..010, IDN-034), or a word that the person chose. */
export const usernameKinds = [
  'professor_code',
  'school_code',
  'student_code',
  'personnel_code',
  'office_number',
  'chosen',
] as const;

export type UsernameKind = (typeof usernameKinds)[number];

/** Most usernames of an account. */
export const maxUsernames = 20;

export const maxName = 200;

const maxEmail = 254;

/** Longest that somebody types a national code or mobile, spaces and signs included. */
const maxTyped = 40;

export class UsernameDto {
  @StringField({
    description: 'Username; any digit form and case is taken, stored in one (IDN-213)',
    minLength: 1,
    maxLength: 100,
    example: '1405',
  })
  username!: string;

  @EnumField({ description: 'What it is', values: usernameKinds })
  kind!: UsernameKind;
}

export class ResellerDto {
  @UuidField({ description: 'Account id of the reseller' })
  id!: string;

  @StringField({ description: 'Its name', maxLength: maxName })
  name!: string;
}

/** The own account; national code and mobile only as far as their owner knows them again (IDN-014, IDN-212). */
export class ProfileDto extends AccountDto {
  @ObjectField({
    description: 'All usernames; each opens the account',
    dto: () => UsernameDto,
    array: { maxItems: maxUsernames },
  })
  usernames!: UsernameDto[];

  @ObjectField({ description: 'Roles with their scopes', dto: () => RoleGrantDto, array: { maxItems: 20 } })
  grants!: RoleGrantDto[];

  @StringField({ description: 'National code, masked: `001*****78`', nullable: true, maxLength: 10 })
  nationalCode!: string | null;

  @StringField({ description: 'Mobile, masked: `0912***4567`', nullable: true, maxLength: 11 })
  mobile!: string | null;

  @StringField({ description: 'E-mail', nullable: true, maxLength: maxEmail })
  email!: string | null;

  @ObjectField({ description: 'Reseller that it belongs to', dto: () => ResellerDto, nullable: true })
  reseller!: ResellerDto | null;

  @BooleanField({
    description: 'Name and e-mail may be changed by oneself (IDN-022); else by a ticket (IDN-015)',
  })
  editable!: boolean;
}

/** What is absent stays. */
export class ProfileUpdateDto {
  @StringField({ description: 'Full name', optional: true, minLength: 1, maxLength: maxName })
  name?: string;

  @StringField({
    description: 'E-mail; null removes it',
    optional: true,
    nullable: true,
    maxLength: maxEmail,
    example: 'ali@example.ir',
  })
  email?: string | null;

  @StringField({
    description:
      'Present password; needed when the e-mail changes, since a password can be reset by it (IDN-209)',
    optional: true,
    minLength: 1,
    maxLength: passwordMaxLength,
  })
  password?: string;
}

export class AccountIdDto {
  @UuidField({ description: 'Account id' })
  accountId!: string;
}

export class AccountsQueryDto extends PageQueryDto {
  @StringField({
    description:
      'A whole national code or mobile, the beginning of a username, or beginnings of words of the name; any digit form',
    optional: true,
    maxLength: 100,
  })
  search?: string;

  @EnumField({ description: 'Only accounts with this role', values: roles, optional: true })
  role?: Role;

  @StringField({
    description: 'Only accounts with a role limited to this, such as `school:10023`',
    optional: true,
    maxLength: 80,
    pattern: scopePattern,
  })
  scope?: Scope;

  @BooleanField({ description: 'Only disabled ones, or only the others', optional: true })
  disabled?: boolean;

  @UuidField({ description: 'Only users of this reseller', optional: true })
  resellerId?: string;

  @BooleanField({
    description:
      'Only customers and resellers who lack what the entry needs (`incomplete`), or only the others',
    optional: true,
  })
  incomplete?: boolean;
}

export class AccountSummaryDto {
  @UuidField({ description: 'Account id' })
  id!: string;

  @StringField({ description: 'Full name', maxLength: maxName })
  name!: string;

  @ObjectField({ description: 'Usernames', dto: () => UsernameDto, array: { maxItems: maxUsernames } })
  usernames!: UsernameDto[];

  @ObjectField({ description: 'Roles with their scopes', dto: () => RoleGrantDto, array: { maxItems: 20 } })
  grants!: RoleGrantDto[];

  @BooleanField({ description: 'It may not be used' })
  disabled!: boolean;

  @StringField({ description: 'National code, masked: `001*****78`', nullable: true, maxLength: 10 })
  nationalCode!: string | null;

  @StringField({ description: 'Mobile, masked: `0912***4567`', nullable: true, maxLength: 11 })
  mobile!: string | null;

  @UuidField({ description: 'Reseller that it belongs to; null: the site itself', nullable: true })
  resellerId!: string | null;

  @BooleanField({
    description:
      'A customer or reseller who lacks what the entry needs: a mobile, or without an own password a national code',
  })
  incomplete!: boolean;

  @InstantField({ description: 'Created at' })
  createdAt!: string;
}

export const passwordStates = ['none', 'issued', 'own'] as const;

export type PasswordState = (typeof passwordStates)[number];

export class AccountDetailsDto extends AccountSummaryDto {
  @StringField({ description: 'E-mail', nullable: true, maxLength: maxEmail })
  email!: string | null;

  @ObjectField({ description: 'Reseller that it belongs to', dto: () => ResellerDto, nullable: true })
  reseller!: ResellerDto | null;

  @EnumField({
    description:
      '`none`: no password opens it; `issued`: given by somebody else, opens nothing but setting an `own` one',
    values: passwordStates,
  })
  password!: PasswordState;

  @InstantField({ description: 'When the mobile was changed last; null: never', nullable: true })
  mobileChangedAt!: string | null;

  @InstantField({ description: 'When anything was changed last' })
  updatedAt!: string;
}

export class AccountsDto {
  @ObjectField({ description: 'Newest first', dto: () => AccountSummaryDto, array: { maxItems: 200 } })
  accounts!: AccountSummaryDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class AccountCreateDto {
  @StringField({
    description: 'Full name',
    minLength: 1,
    maxLength: maxName,
    example: 'زهرا احمدی',
  })
  name!: string;

  @ObjectField({
    description: 'Usernames, at least one',
    dto: () => UsernameDto,
    array: { maxItems: maxUsernames },
  })
  usernames!: UsernameDto[];

  @ObjectField({
    description: 'Roles with their scopes, at least one; a reseller gives `sms_customer` only',
    dto: () => RoleGrantDto,
    array: { maxItems: 20 },
  })
  grants!: RoleGrantDto[];

  @StringField({
    description:
      'National code, any digit form. With it the issued password is set (IDN-011). Customers and resellers need it; others it or a mobile',
    optional: true,
    nullable: true,
    maxLength: maxTyped,
  })
  nationalCode?: string | null;

  @StringField({
    description: 'Mobile in any writing, to which codes go. Customers and resellers need it',
    optional: true,
    nullable: true,
    maxLength: maxTyped,
  })
  mobile?: string | null;

  @StringField({ description: 'E-mail', optional: true, nullable: true, maxLength: maxEmail })
  email?: string | null;

  @UuidField({
    description: "Reseller that it belongs to; a reseller's own users always belong to it",
    optional: true,
    nullable: true,
  })
  resellerId?: string | null;
}

/** What is absent stays; null removes. */
export class AccountUpdateDto extends AccountIdDto {
  @StringField({ description: 'Full name', optional: true, minLength: 1, maxLength: maxName })
  name?: string;

  @StringField({
    description: 'National code, any digit form',
    optional: true,
    nullable: true,
    maxLength: maxTyped,
  })
  nationalCode?: string | null;

  @StringField({ description: 'Mobile in any writing', optional: true, nullable: true, maxLength: maxTyped })
  mobile?: string | null;

  @StringField({ description: 'E-mail', optional: true, nullable: true, maxLength: maxEmail })
  email?: string | null;

  @UuidField({ description: 'Reseller (admin only)', optional: true, nullable: true })
  resellerId?: string | null;

  @StringField({
    description:
      'Why, for the audit log, such as the ticket that asked for it; a support agent must say (IDN-204)',
    optional: true,
    minLength: 1,
    maxLength: 500,
  })
  reason?: string;
}

export class AccountRolesDto extends AccountIdDto {
  @ObjectField({
    description: 'All roles that it shall have from now on, with their scopes; at least one',
    dto: () => RoleGrantDto,
    array: { maxItems: 20 },
  })
  grants!: RoleGrantDto[];
}

export class UsernameAddDto extends AccountIdDto {
  @StringField({ description: 'Username, any digit form and case', minLength: 1, maxLength: 100 })
  username!: string;

  @EnumField({ description: 'What it is', values: usernameKinds })
  kind!: UsernameKind;

  @BooleanField({
    description:
      'Take it from the account that has it, as a school code that goes to the next manager (admin only)',
    optional: true,
  })
  takeOver?: boolean;
}

export class UsernameRemoveDto extends AccountIdDto {
  @StringField({ description: 'Username, any digit form and case', minLength: 1, maxLength: 100 })
  username!: string;
}

export const warningCodes = [
  'default_password',
  'new_device',
  'failed_tries',
  'mobile_changed',
  'email_changed',
  'change_stopped',
  'refresh_reused',
] as const;

export type WarningCode = (typeof warningCodes)[number];

/** What a warning of the dashboard is about (IDN-207, IDN-211). */
export class SecurityWarningDto {
  @EnumField({
    description:
      '`default_password`: an issued password is still in use, and this stays until it is changed. `new_device`: a ' +
      'sign-in from a device and network not seen for 90 days. `failed_tries`: wrong passwords or codes. ' +
      '`mobile_changed`, `email_changed`: the registered one is another, and a password can be reset by it. ' +
      '`change_stopped`: somebody else had changed where codes go, and the owner refused it. ' +
      "`refresh_reused`: a copy of a session's secret was " +
      'used, and the session was ended',
    values: warningCodes,
  })
  code!: WarningCode;

  @InstantField({ description: 'Last time' })
  at!: string;

  @IntField({ description: 'How often since the warnings were last seen', min: 1, max: 1_000_000 })
  times!: number;

  @StringField({ description: 'User agent of the last time', optional: true, maxLength: 300 })
  device?: string;

  @StringField({ description: 'Network address of the last time', optional: true, maxLength: 64 })
  address?: string;
}

export class SecurityWarningsDto {
  @ObjectField({
    description: 'At most one of each code, the newest first',
    dto: () => SecurityWarningDto,
    array: { maxItems: warningCodes.length },
  })
  warnings!: SecurityWarningDto[];
}

export const identityAccountsRpc = {
  me: defineRpc({
    name: 'identity.accounts.me',
    input: EmptyDto,
    output: ProfileDto,
    access: 'user',
    does: 'The own account (IDN-014).',
    errors: ['account.notFound'],
  }),
  updateMe: defineRpc({
    name: 'identity.accounts.updateMe',
    input: ProfileUpdateDto,
    output: ProfileDto,
    access: 'user',
    does: 'Changes own name and e-mail: SMS customers, resellers and portal users only (IDN-015, IDN-022). Another e-mail wants the password too.',
    errors: [
      'account.notFound',
      'account.readOnly',
      'account.emailTaken',
      'password.wrong',
      'login.throttled',
      'rate.limited',
    ],
  }),
  list: defineRpc({
    name: 'identity.accounts.list',
    input: AccountsQueryDto,
    output: AccountsDto,
    access: 'user',
    does: "Accounts, newest first; a reseller's own users (IDN-202, IDN-216).",
    errors: [],
  }),
  read: defineRpc({
    name: 'identity.accounts.read',
    input: AccountIdDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'One account.',
    errors: ['account.notFound'],
  }),
  create: defineRpc({
    name: 'identity.accounts.create',
    input: AccountCreateDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Makes an account; its first password is the national code and opens nothing but setting an own one (IDN-011).',
    errors: ['account.usernameTaken', 'account.nationalCodeTaken', 'account.emailTaken'],
  }),
  update: defineRpc({
    name: 'identity.accounts.update',
    input: AccountUpdateDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Corrects personal data; old and new stand in the audit log (IDN-016, IDN-204).',
    errors: ['account.notFound', 'account.nationalCodeTaken', 'account.emailTaken', 'account.reasonMissing'],
  }),
  setRoles: defineRpc({
    name: 'identity.accounts.setRoles',
    input: AccountRolesDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Sets all roles and scopes of an account; acts at once in every service (IDN-201, IDN-202).',
    errors: ['account.notFound', 'account.lastAdmin'],
  }),
  disable: defineRpc({
    name: 'identity.accounts.disable',
    input: AccountIdDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Closes an account: its sessions end, its tokens are refused at once; doing it again is no error.',
    errors: ['account.notFound', 'account.self', 'account.lastAdmin'],
  }),
  enable: defineRpc({
    name: 'identity.accounts.enable',
    input: AccountIdDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Opens a disabled account again; doing it again is no error.',
    errors: ['account.notFound'],
  }),
  signOut: defineRpc({
    name: 'identity.accounts.signOut',
    input: AccountIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Ends all sessions of an account (IDN-210).',
    errors: ['account.notFound'],
  }),
  unlock: defineRpc({
    name: 'identity.accounts.unlock',
    input: AccountIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Forgets the failed sign-in tries at its usernames: the next try has not to wait (IDN-211).',
    errors: ['account.notFound'],
  }),
  addUsername: defineRpc({
    name: 'identity.accounts.addUsername',
    input: UsernameAddDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Gives an account one more username, or that of another account.',
    errors: ['account.notFound', 'account.usernameTaken'],
  }),
  removeUsername: defineRpc({
    name: 'identity.accounts.removeUsername',
    input: UsernameRemoveDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Takes a username from an account that has another one.',
    errors: ['account.notFound', 'account.usernameNotFound', 'account.lastUsername'],
  }),
  issuePassword: defineRpc({
    name: 'identity.accounts.issuePassword',
    input: AccountIdDto,
    output: AccountDetailsDto,
    access: 'user',
    does: 'Makes the national code the password again; it opens nothing but setting an own one. Its sessions end (IDN-011, IDN-207).',
    errors: ['account.notFound', 'account.self', 'account.nationalCodeMissing'],
  }),
  warnings: defineRpc({
    name: 'identity.accounts.warnings',
    input: EmptyDto,
    output: SecurityWarningsDto,
    access: 'user',
    does: 'Security warnings for the dashboard (IDN-207, IDN-211).',
    errors: [],
  }),
  seeWarnings: defineRpc({
    name: 'identity.accounts.seeWarnings',
    input: EmptyDto,
    output: EmptyDto,
    access: 'user',
    does: 'Puts the security warnings away that are there now; `default_password` stays.',
    errors: [],
  }),
};
