import {
  identityReferralsRpc,
  identitySignUpsRpc,
  identityTermsRpc,
  SignedInDto,
  SignUpCodeDto,
  SignUpDto,
} from '@peyk/contracts/identity';
import { passOn, routeTable, special } from '../routes/route-table';

/** Sign-up (IDN-027, IDN-031 to IDN-033). */
export const signUpsRoutes = routeTable('sign-up', [
  passOn('POST', 'sign-ups/checks', identitySignUpsRpc.check, {
    ownPage: true,
    limit: 'sessions',
  }),
  passOn('POST', 'sign-ups/codes', identitySignUpsRpc.requestCode, {
    inputWithoutClient: SignUpCodeDto,
    ownPage: true,
    limit: 'sessions',
  }),
  special('complete', 'POST', 'sign-ups', identitySignUpsRpc.complete, {
    status: 201,
    input: SignUpDto,
    answers: SignedInDto,
    ownPage: true,
    limit: 'sessions',
    summary:
      'Makes the account and signs it in, as POST /api/v1/sessions does. Nothing is made, and the code stays good, when ' +
      'anything is refused.',
  }),
  passOn('GET', 'sign-ups/available', identitySignUpsRpc.available, { limit: 'sessions' }),
  passOn('GET', 'terms', identityTermsRpc.read),
  passOn('GET', 'referrals', identityReferralsRpc.read),
]);
