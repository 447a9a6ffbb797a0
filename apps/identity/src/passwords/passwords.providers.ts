import type { Provider, Type } from '@nestjs/common';
import { FirstPasswords } from './first-passwords';
import { IssuedPasswords } from './issued-passwords';
import { OwnerCheck } from './owner-check';
import { PasswordChangeService } from './password-change.service';
import { PasswordHasher } from './password-hasher';
import { PasswordPolicy } from './password-policy';
import { PasswordResetService } from './password-reset.service';
import { PasswordSetter } from './password-setter';
import { PasswordsController } from './passwords.controller';
import { StoredPasswords } from './stored-passwords';

export const passwordsControllers: Type[] = [PasswordsController];

export const passwordsProviders: Provider[] = [
  FirstPasswords,
  IssuedPasswords,
  OwnerCheck,
  PasswordChangeService,
  PasswordHasher,
  PasswordPolicy,
  PasswordResetService,
  PasswordSetter,
  StoredPasswords,
];
