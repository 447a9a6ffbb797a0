import { EmptyDto } from '@peyk/contracts';
import {
  identityAccountsRpc,
  identitySessionsRpc,
  identitySignInsRpc,
  SessionDto,
  SignedInDto,
  SignInDto,
} from '@peyk/contracts/identity';
import { passOn, routeTable, special } from '../routes/route-table';

export const sessionsRoutes = routeTable('sessions', [
  special('signIn', 'POST', 'sessions', identitySessionsRpc.signIn, {
    status: 201,
    input: SignInDto,
    answers: SignedInDto,
    ownPage: true,
    limit: 'sessions',
    summary:
      'Signs in (IDN-001). The refresh token comes as an httpOnly cookie for /api/v1/sessions only. After an issued ' +
      'password (IDN-207) there is no session, but a token for POST /api/v1/passwords/first.',
  }),
  special('refresh', 'POST', 'sessions/refresh', identitySessionsRpc.refresh, {
    input: EmptyDto,
    answers: SessionDto,
    ownPage: true,
    limit: 'sessions',
    summary: 'A new access token for the session in the cookie; the cookie is renewed too.',
  }),
  special('signOut', 'DELETE', 'sessions/current', identitySessionsRpc.signOut, {
    input: EmptyDto,
    answers: EmptyDto,
    ownPage: true,
    limit: 'sessions',
    summary: 'Signs out: ends the session in the cookie. Doing it again is no error.',
  }),
  passOn('GET', 'me', identityAccountsRpc.me),
]);

/** Where the own account is signed in, who tried to, and what to be warned of. */
export const ownSessionsRoutes = routeTable('me', [
  passOn('GET', 'me/sessions', identitySessionsRpc.list),
  passOn('DELETE', 'me/sessions/:sessionId', identitySessionsRpc.end),
  passOn('POST', 'me/sessions/end-others', identitySessionsRpc.endOthers),
  special('endAll', 'POST', 'me/sessions/end-all', identitySessionsRpc.endAll),
  passOn('GET', 'me/sign-ins', identitySignInsRpc.list),
  passOn('GET', 'me/warnings', identityAccountsRpc.warnings),
  passOn('POST', 'me/warnings/seen', identityAccountsRpc.seeWarnings),
]);
