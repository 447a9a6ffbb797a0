import type { SessionGrantDto } from '@peyk/contracts/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';

interface Cookie {
  readonly name: string;
  readonly path: string;
  /** What identity makes needs no escaping in a cookie (RFC 6265 section 4.1.1); anything else is not from identity. */
  readonly form: RegExp;
}

/** Only /sessions gets it; every other route is signed in by the access token alone, which no browser adds by itself. */
const refresh: Cookie = { name: 'peyk_refresh', path: '/api/v1/sessions', form: /^[\w.~+/=-]{20,200}$/ };
/** Opens nothing: it tells the browser apart from a stranger where somebody proves who they are (IDN-211). */
const device: Cookie = { name: 'peyk_device', path: '/api/v1', form: /^[\w-]{20,100}$/ };
/** As long as identity remembers a device. */
const deviceLifeMs = 180 * 24 * 3_600_000;

/** Out of reach of scripts and of other sites. It outlives the browser only when the person wanted that (IDN-005, IDN-006). */
export function setRefreshCookie(reply: FastifyReply, grant: SessionGrantDto, secure: boolean): void {
  const expires = grant.persistent ? new Date(grant.refreshExpiresAt) : undefined;
  set(reply, refresh, grant.refreshToken, secure, expires);
}

export function clearRefreshCookie(reply: FastifyReply, secure: boolean): void {
  send(reply, refresh, '', secure, new Date(0));
}

/** Undefined: none, or nothing that identity could have given. */
export function refreshTokenOf(request: FastifyRequest): string | undefined {
  return read(request, refresh);
}

export function setDeviceCookie(reply: FastifyReply, token: string, secure: boolean): void {
  set(reply, device, token, secure, new Date(Date.now() + deviceLifeMs));
}

/** Undefined: none, or nothing that identity could have given. */
export function deviceTokenOf(request: FastifyRequest): string | undefined {
  return read(request, device);
}

function read(request: FastifyRequest, { name, form }: Cookie): string | undefined {
  const value = new RegExp(`(?:^|;)\\s*${name}=([^;\\s]*)`).exec(request.headers.cookie ?? '')?.[1];
  return value && form.test(value) ? value : undefined;
}

function set(reply: FastifyReply, cookie: Cookie, value: string, secure: boolean, expires?: Date): void {
  if (!cookie.form.test(value)) throw new Error(`what identity gave does not fit into ${cookie.name}`);
  send(reply, cookie, value, secure, expires);
}

function send(
  reply: FastifyReply,
  { name, path }: Cookie,
  value: string,
  secure: boolean,
  expires: Date | undefined,
): void {
  const end = expires ? `; Expires=${expires.toUTCString()}` : '';
  // Fastify sends each cookie as a header of its own.
  void reply.header(
    'set-cookie',
    `${name}=${value}; Path=${path}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${end}`,
  );
}
