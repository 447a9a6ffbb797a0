import type { Provider, Type } from '@nestjs/common';
import { CodeSignInService } from './code-sign-in.service';
import { FirstSignInService } from './first-sign-in.service';
import { SignInCompletion } from './sign-in-completion';
import { SignInController } from './sign-in.controller';
import { SignInService } from './sign-in.service';

export const signInControllers: Type[] = [SignInController];

export const signInProviders: Provider[] = [
  CodeSignInService,
  FirstSignInService,
  SignInCompletion,
  SignInService,
];
