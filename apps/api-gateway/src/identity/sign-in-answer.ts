import type { SessionDto, SessionGrantDto, SignedInDto, SignInResultDto } from '@peyk/contracts/identity';
import type { FastifyReply } from 'fastify';
import { setDeviceCookie, setRefreshCookie } from '../auth/cookies';

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
