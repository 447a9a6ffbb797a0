import {
  CodeRequestDto,
  CodeSignInDto,
  identityBaleRpc,
  identityCodesRpc,
  SignedInDto,
} from '@peyk/contracts/identity';
import { passOn, routeTable, special } from '../routes/route-table';

/** Signing in by a one-time code. */
export const codesRoutes = routeTable('sessions', [
  passOn('POST', 'sessions/codes', identityCodesRpc.request, {
    inputWithoutClient: CodeRequestDto,
    ownPage: true,
    limit: 'sessions',
  }),
  special('signIn', 'POST', 'sessions/by-code', identityCodesRpc.signIn, {
    status: 201,
    input: CodeSignInDto,
    answers: SignedInDto,
    ownPage: true,
    limit: 'sessions',
    summary: 'Signs in by a one-time code (IDN-002); answers and cookies are those of a sign-in by password.',
  }),
]);

/** The own account at Bale, where codes can go. */
export const baleRoutes = routeTable('me', [
  passOn('GET', 'me/bale', identityBaleRpc.status),
  passOn('POST', 'me/bale/link', identityBaleRpc.link),
  passOn('DELETE', 'me/bale', identityBaleRpc.unlink),
]);
