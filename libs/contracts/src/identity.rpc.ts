import { EmptyDto } from './common.dto';
import { defineRpc } from './define';
import { BooleanField, EnumField, InstantField, ObjectField, StringField, UuidField } from './fields';
import { roles } from './principal';
import type { Role } from './principal';

export class SignInDto {
  @StringField({ description: 'Username, any digit form', minLength: 1, maxLength: 100 })
  username!: string;

  @StringField({ description: 'Password', minLength: 1, maxLength: 200 })
  password!: string;

  @BooleanField({ description: 'Stay signed in for 15 days (IDN-005)', optional: true })
  remember?: boolean;
}

export class ClientDto {
  @StringField({ description: 'Network address of the person', maxLength: 64 })
  address!: string;

  @StringField({ description: 'User agent', maxLength: 300 })
  device!: string;
}

export class SignInCallDto extends SignInDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class AccountDto {
  @UuidField({ description: 'Account id' })
  id!: string;

  @StringField({ description: 'Username', maxLength: 100 })
  username!: string;

  @StringField({ description: 'Full name', maxLength: 200 })
  name!: string;

  @EnumField({ description: 'Roles', values: roles, array: { maxItems: 20 } })
  roles!: Role[];
}

export class SessionDto {
  @StringField({ description: 'Access token, sent as `Authorization: Bearer`', maxLength: 4_000 })
  accessToken!: string;

  @InstantField({ description: 'End of the access token' })
  accessExpiresAt!: string;

  @ObjectField({ description: 'Who is signed in', dto: () => AccountDto })
  account!: AccountDto;
}

export class SessionGrantDto extends SessionDto {
  @StringField({
    description: 'Refresh token: kept by the gateway in an httpOnly cookie, never shown',
    maxLength: 200,
  })
  refreshToken!: string;

  @InstantField({ description: 'End of the refresh token' })
  refreshExpiresAt!: string;

  @BooleanField({ description: 'False: the cookie ends with the browser (IDN-006)' })
  persistent!: boolean;
}

export class RefreshCallDto {
  @StringField({ description: 'Refresh token', minLength: 20, maxLength: 200 })
  refreshToken!: string;

  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class SignOutCallDto {
  @StringField({ description: 'Refresh token', minLength: 20, maxLength: 200 })
  refreshToken!: string;
}

export class VerificationKeyDto {
  @StringField({ description: 'Key id as in the token header', maxLength: 64 })
  kid!: string;

  @StringField({ description: 'Public key, SPKI PEM (ES256)', maxLength: 1_000 })
  publicKey!: string;
}

export class VerificationKeysDto {
  @ObjectField({
    description: 'Keys that tokens may be signed with now',
    dto: () => VerificationKeyDto,
    array: { maxItems: 20 },
  })
  keys!: VerificationKeyDto[];
}

export const identityRpc = {
  signIn: defineRpc({
    name: 'identity.sessions.signIn',
    input: SignInCallDto,
    output: SessionGrantDto,
    access: 'public',
    does: 'Checks username and password and opens a session.',
    errors: ['login.failed', 'login.throttled', 'rate.limited'],
  }),
  refresh: defineRpc({
    name: 'identity.sessions.refresh',
    input: RefreshCallDto,
    output: SessionGrantDto,
    access: 'public',
    does: 'Rotates the refresh token and gives a new access token.',
    errors: ['session.ended'],
  }),
  signOut: defineRpc({
    name: 'identity.sessions.signOut',
    input: SignOutCallDto,
    output: EmptyDto,
    access: 'public',
    does: 'Ends the session; doing it again is no error.',
    errors: [],
  }),
  me: defineRpc({
    name: 'identity.accounts.me',
    input: EmptyDto,
    output: AccountDto,
    access: 'user',
    does: 'The account of the caller.',
    errors: ['account.notFound'],
  }),
  keys: defineRpc({
    name: 'identity.keys.list',
    input: EmptyDto,
    output: VerificationKeysDto,
    access: 'public',
    does: 'Public keys that access tokens are verified with.',
    errors: [],
  }),
};
