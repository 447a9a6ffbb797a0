import type { SessionGrantDto } from '@peyk/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const cookieName = 'peyk_refresh';
/** Only /sessions gets it; every other route is signed in by the access token alone, which no browser adds by itself. */
const cookiePath = '/api/v1/sessions';
// What identity makes needs no escaping in a cookie (RFC 6265 section 4.1.1); anything else is not from identity.
const tokenPattern = /^[\w.~+/=-]{20,200}$/;
const inHeader = new RegExp(`(?:^|;)\\s*${cookieName}=([^;\\s]*)`);

/** Out of reach of scripts and of other sites. It outlives the browser only when the person wanted that (IDN-005, IDN-006). */
export function setRefreshCookie(reply: FastifyReply, grant: SessionGrantDto, secure: boolean): void {
  if (!tokenPattern.test(grant.refreshToken)) throw new Error('the refresh token does not fit into a cookie');
  send(reply, grant.refreshToken, grant.persistent ? new Date(grant.refreshExpiresAt) : undefined, secure);
}

export function clearRefreshCookie(reply: FastifyReply, secure: boolean): void {
  send(reply, '', new Date(0), secure);
}

/** Undefined: none, or nothing that identity could have given. */
export function refreshTokenOf(request: FastifyRequest): string | undefined {
  const token = inHeader.exec(request.headers.cookie ?? '')?.[1];
  return token && tokenPattern.test(token) ? token : undefined;
}

function send(reply: FastifyReply, value: string, expires: Date | undefined, secure: boolean): void {
  const end = expires ? `; Expires=${expires.toUTCString()}` : '';
  void reply.header(
    'set-cookie',
    `${cookieName}=${value}; Path=${cookiePath}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${end}`,
  );
}
