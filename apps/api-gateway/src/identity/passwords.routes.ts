import {
  ChangePasswordDto,
  FirstPasswordDto,
  identityPasswordsRpc,
  ResetPasswordDto,
  SessionDto,
} from '@peyk/contracts/identity';
import { passOn, routeTable, special } from '../routes/route-table';

export const passwordsRoutes = routeTable('passwords', [
  special('setFirst', 'POST', 'passwords/first', identityPasswordsRpc.setFirst, {
    input: FirstPasswordDto,
    answers: SessionDto,
    ownPage: true,
    limit: 'sessions',
  }),
  passOn('POST', 'passwords/reset', identityPasswordsRpc.reset, {
    inputWithoutClient: ResetPasswordDto,
    ownPage: true,
    limit: 'sessions',
  }),
  special('change', 'POST', 'me/password', identityPasswordsRpc.change, {
    input: ChangePasswordDto,
    answers: SessionDto,
    ownPage: true,
  }),
]);
