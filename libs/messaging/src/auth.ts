import { DomainError, isErrorCode, keyScopes, roles } from '@peyk/contracts';
import type { KeyScope, Principal, Role, UserPrincipal } from '@peyk/contracts';
import { sign, verify } from 'jsonwebtoken';
import type { JwtPayload } from 'jsonwebtoken';
import type { Revocations } from './revocations';

export const userTokenIssuer = 'peyk-identity';
export const userTokenAudience = 'peyk';
const serviceAudience = 'peyk-internal';
const serviceTokenSeconds = 120;
const cacheSize = 5_000;

interface Verified {
  readonly principal: Principal;
  readonly untilMs: number;
  readonly issuedAtMs: number;
}

/** Public keys of identity by key id. Unknown id: undefined. */
export type KeySource = (kid: string) => Promise<string | undefined>;

/**
 * Verifies who calls, in every service anew (architecture.md section 3). User tokens are ES256 by identity; services
 * sign a short-lived HS256 token with the platform's shared secret. A verified token is remembered until it ends.
 */
export class Authenticator {
  private readonly verified = new Map<string, Verified>();
  private ownToken: { token: string; untilMs: number } | undefined;

  constructor(
    private readonly service: string,
    private readonly serviceSecret: string,
    /** For the gateway, which verifies through Passport. */
    readonly keyOf: KeySource,
    readonly revocations: Revocations,
  ) {}

  /** @throws access.tokenInvalid; service.unavailable while identity cannot be asked which tokens are refused */
  async authenticate(token: string): Promise<Principal> {
    let known = this.verified.get(token);
    if (!known || known.untilMs <= Date.now()) {
      if (token.length > 4_096) throw new DomainError('access.tokenInvalid');
      known = await this.check(token);
      if (this.verified.size >= cacheSize) this.verified.clear();
      this.verified.set(token, known);
    }
    if (known.principal.kind === 'user') await this.revocations.check(known.principal, known.issuedAtMs);
    return known.principal;
  }

  /** The person that claims of a verified access token name. Throws as `authenticate`. */
  async accept(claims: JwtPayload): Promise<UserPrincipal> {
    const principal = userOf(claims);
    await this.revocations.check(principal, issuedAtMsOf(claims));
    return principal;
  }

  /** A token that says "I am this service"; made anew every minute. */
  serviceToken(): string {
    const now = Date.now();
    if (!this.ownToken || this.ownToken.untilMs < now + (serviceTokenSeconds * 1_000) / 2) {
      const token = sign({}, this.serviceSecret, {
        algorithm: 'HS256',
        subject: this.service,
        audience: serviceAudience,
        expiresIn: serviceTokenSeconds,
      });
      this.ownToken = { token, untilMs: now + serviceTokenSeconds * 1_000 };
    }
    return this.ownToken.token;
  }

  private async check(token: string): Promise<Verified> {
    try {
      const header = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as {
        alg?: unknown;
        kid?: unknown;
      };
      if (header.alg === 'HS256') {
        const claims = verify(token, this.serviceSecret, {
          algorithms: ['HS256'],
          audience: serviceAudience,
        }) as JwtPayload;
        if (!claims.sub || !claims.exp) throw new Error('no subject');
        const principal = { kind: 'service', service: claims.sub } as const;
        return { principal, untilMs: claims.exp * 1_000, issuedAtMs: issuedAtMsOf(claims) };
      }
      const key =
        header.alg === 'ES256' && typeof header.kid === 'string' ? await this.keyOf(header.kid) : undefined;
      if (!key) throw new Error('unknown key');
      const claims = verify(token, key, {
        algorithms: ['ES256'],
        audience: userTokenAudience,
        issuer: userTokenIssuer,
      }) as JwtPayload;
      if (!claims.exp) throw new Error('incomplete');
      return { principal: userOf(claims), untilMs: claims.exp * 1_000, issuedAtMs: issuedAtMsOf(claims) };
    } catch (error) {
      if (error instanceof DomainError && isErrorCode(error.code)) throw error;
      throw new DomainError('access.tokenInvalid', undefined, error);
    }
  }
}

function issuedAtMsOf(claims: JwtPayload): number {
  return (claims.iat ?? 0) * 1_000;
}

/** The person that verified claims of identity's access token name. Throws access.tokenInvalid. */
function userOf(claims: JwtPayload): UserPrincipal {
  const sessionId: unknown = claims['sid'];
  const held: unknown = claims['roles'];
  const stamp: unknown = claims['stamp'];
  const scopes: unknown = claims['scopes'];
  const keys: unknown = claims['keyScopes'];
  const name: unknown = claims['name'];
  if (!claims.sub || typeof sessionId !== 'string' || !Array.isArray(held) || typeof stamp !== 'number')
    throw new DomainError('access.tokenInvalid');
  return {
    kind: 'user',
    accountId: claims.sub,
    sessionId,
    name: typeof name === 'string' ? name : '',
    roles: held.filter((role): role is Role => (roles as readonly unknown[]).includes(role)),
    scopes: typeof scopes === 'object' && scopes !== null ? scopes : {},
    stamp,
    ...(Array.isArray(keys) && {
      keyScopes: keys.filter((scope): scope is KeyScope => (keyScopes as readonly unknown[]).includes(scope)),
    }),
  };
}
