import { BooleanField, EnumField, InstantField, ObjectField, StringField, UuidField } from '../core/fields';
import { roles } from '../core/principal';
import type { Role } from '../core/principal';

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

  @StringField({
    description: 'What identity gave this browser when somebody signed in on it (httpOnly cookie)',
    optional: true,
    maxLength: 100,
  })
  deviceToken?: string;
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

  @StringField({
    description:
      'Tells the browser apart from a stranger at the next sign-in; an httpOnly cookie keeps it (IDN-211)',
    optional: true,
    maxLength: 100,
  })
  deviceToken?: string;
}

/** The password was right, but somebody else gave it: all it opens is setting an own one (IDN-207). */
export class SetPasswordDto {
  @StringField({ description: 'For `POST /api/v1/passwords/first`, once', maxLength: 100 })
  token!: string;

  @InstantField({ description: 'End of the token' })
  expiresAt!: string;
}

/** One of the two is there. */
export class SignInResultDto {
  @ObjectField({ description: 'Who proved to be the account', dto: () => SessionGrantDto, optional: true })
  session?: SessionGrantDto;

  @ObjectField({ description: 'Instead of a session', dto: () => SetPasswordDto, optional: true })
  setPassword?: SetPasswordDto;
}

/** What a browser gets: one of the two, the other is null. */
export class SignedInDto {
  @ObjectField({ description: 'The session', dto: () => SessionDto, nullable: true })
  session!: SessionDto | null;

  @ObjectField({
    description: 'The password was an issued one; nothing is open before an own one is set',
    dto: () => SetPasswordDto,
    nullable: true,
  })
  setPassword!: SetPasswordDto | null;
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
