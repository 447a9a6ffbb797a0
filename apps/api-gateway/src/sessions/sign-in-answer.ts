import type {
  ClientDto,
  SessionDto,
  SessionGrantDto,
  SignedInDto,
  SignInResultDto,
} from '@peyk/contracts/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { placeOf } from '../auth/caller.decorator';
import { deviceTokenOf, setDeviceCookie, setRefreshCookie } from './cookies';

/** Where a request comes from, and whether somebody signed in on that browser before. */
export function clientOf(request: FastifyRequest): ClientDto {
  const deviceToken = deviceTokenOf(request);
  return { ...placeOf(request), ...(deviceToken && { deviceToken }) };
}

/** The secrets go into cookies, the rest into the answer. @param secure `PUBLIC_HTTPS` */
export function answerSession(reply: FastifyReply, grant: SessionGrantDto, secure: boolean): SessionDto {
  setRefreshCookie(reply, grant, secure);
  if (grant.deviceToken) setDeviceCookie(reply, grant.deviceToken, secure);
  const { accessToken, accessExpiresAt, account } = grant;
  return { accessToken, accessExpiresAt, account };
}

/** What every way of signing in answers. @param secure `PUBLIC_HTTPS` */
export function answerSignIn(
  reply: FastifyReply,
  { session, setPassword }: SignInResultDto,
  secure: boolean,
): SignedInDto {
  return {
    session: session ? answerSession(reply, session, secure) : null,
    setPassword: setPassword ?? null,
  };
}
