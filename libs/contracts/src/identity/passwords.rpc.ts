import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { ObjectField, StringField } from '../core/fields';
import { CodeDto } from './codes.rpc';
import { ClientDto, SessionGrantDto } from './sign-in.dto';

/** Characters after NFKC. */
export const passwordMinLength = 8;

export const passwordMaxLength = 200;

export class FirstPasswordDto {
  @StringField({ description: '`setPassword.token` of the sign-in', minLength: 20, maxLength: 100 })
  token!: string;

  @StringField({ description: 'Own password', minLength: 1, maxLength: passwordMaxLength })
  newPassword!: string;
}

export class FirstPasswordCallDto extends FirstPasswordDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class ChangePasswordDto {
  @StringField({ description: 'Password until now', minLength: 1, maxLength: passwordMaxLength })
  oldPassword!: string;

  @StringField({ description: 'Password from now on', minLength: 1, maxLength: passwordMaxLength })
  newPassword!: string;
}

export class ChangePasswordCallDto extends ChangePasswordDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export class ResetPasswordDto extends CodeDto {
  @StringField({ description: 'Password from now on', minLength: 1, maxLength: passwordMaxLength })
  newPassword!: string;
}

export class ResetPasswordCallDto extends ResetPasswordDto {
  @ObjectField({ description: 'Where the call comes from', dto: () => ClientDto })
  client!: ClientDto;
}

export const identityPasswordsRpc = {
  setFirst: defineRpc({
    name: 'identity.passwords.setFirst',
    input: FirstPasswordCallDto,
    output: SessionGrantDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'Sets an own password in place of an issued one and opens the session (IDN-207). The token serves once.',
    errors: ['password.tokenInvalid', 'password.weak', 'rate.limited'],
  }),
  change: defineRpc({
    name: 'identity.passwords.change',
    input: ChangePasswordCallDto,
    output: SessionGrantDto,
    access: 'user',
    does: 'Changes the own password (IDN-017, IDN-023, IDN-208): other sessions end, this one goes on with new tokens.',
    errors: ['password.wrong', 'password.weak', 'login.throttled', 'session.ended', 'rate.limited'],
  }),
  reset: defineRpc({
    name: 'identity.passwords.reset',
    input: ResetPasswordCallDto,
    output: EmptyDto,
    access: 'public',
    callers: ['api-gateway'],
    does:
      'Sets a password by a one-time code (IDN-209), also while wrong passwords make others wait; all sessions end. ' +
      'A code is not used up by a password that is too weak.',
    errors: ['code.wrong', 'code.expired', 'code.tooManyTries', 'password.weak', 'rate.limited'],
  }),
};
