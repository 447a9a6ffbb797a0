import { DomainError, isErrorCode, keyScopes, roles } from '@peyk/contracts';
import type { KeyScope, Principal, Role, UserPrincipal } from '@peyk/contracts';
import type { ServiceKeys } from '@peyk/platform';
import { sign, verify } from 'jsonwebtoken';
import type { JwtPayload } from 'jsonwebtoken';
import type { Revocations } from './revocations';

export const userTokenIssuer = 'peyk-identity';
export const userTokenAudience = 'peyk';
const serviceTokenSeconds = 120;
const cacheSize = 5_000;

/** Whom a service's token is for: the owner of the contract that it calls with it. */
function serviceAudience(owner: string): string {
  return `peyk-internal:${owner}`;
}

interface Verified {
  readonly principal: Principal;
  /** Of a service's token: whom it is for. */
  readonly audience?: string;
  readonly untilMs: number;
  readonly issuedAtMs: number;
}

/** Public keys of identity by key id. Unknown id: undefined. */
export type KeySource = (kid: string) => Promise<string | undefined>;

/**
 * Verifies who calls, in every service again. User tokens are ES256 by identity; each
 * program signs with a key of its own (ES256) short-lived tokens for the one service that it calls (ADR 12). A verified
 * token is remembered until it ends.
 */
export class Authenticator {
  private readonly verified = new Map<string, Verified>();
  private readonly ownTokens = new Map<string, { token: string; untilMs: number }>();

  constructor(
    private readonly serviceKeys: ServiceKeys,
    /** For the gateway, which verifies through Passport. */
    readonly keyOf: KeySource,
    readonly revocations: Revocations,
  ) {}

  /**
   * @param owner the service that is called: a token of a program for another one is refused
   * @throws access.tokenInvalid; service.unavailable while identity cannot be asked which tokens are refused
   */
  async authenticate(token: string, owner?: string): Promise<Principal> {
    let known = this.verified.get(token);
    if (!known || known.untilMs <= Date.now()) {
      if (token.length > 4_096) throw new DomainError('access.tokenInvalid');
      known = await this.check(token);
      if (this.verified.size >= cacheSize) this.verified.clear();
      this.verified.set(token, known);
    }
    if (known.principal.kind === 'service' && known.audience !== serviceAudience(owner ?? ''))
      throw new DomainError('access.tokenInvalid');
    if (known.principal.kind === 'user') await this.revocations.check(known.principal, known.issuedAtMs);
    return known.principal;
  }

  /** The person that claims of a verified access token name. Throws as `authenticate`. */
  async accept(claims: JwtPayload): Promise<UserPrincipal> {
    const principal = userOf(claims);
    await this.revocations.check(principal, issuedAtMsOf(claims));
    return principal;
  }

  /** A token that says to `owner`, and to nobody else, "I am this program"; replaced every minute. */
  serviceToken(owner: string): string {
    const now = Date.now();
    const known = this.ownTokens.get(owner);
    if (known && known.untilMs >= now + (serviceTokenSeconds * 1_000) / 2) return known.token;
    const token = sign({}, this.serviceKeys.privateKey, {
      algorithm: 'ES256',
      keyid: this.serviceKeys.kid,
      subject: this.serviceKeys.program,
      audience: serviceAudience(owner),
      expiresIn: serviceTokenSeconds,
    });
    this.ownTokens.set(owner, { token, untilMs: now + serviceTokenSeconds * 1_000 });
    return token;
  }

  private async check(token: string): Promise<Verified> {
    try {
      const header = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()) as {
        alg?: unknown;
        kid?: unknown;
      };
      const program =
        header.alg === 'ES256' && typeof header.kid === 'string'
          ? this.serviceKeys.publicKeyOf(header.kid)
          : undefined;
      if (program) {
        const claims = verify(token, program.key, { algorithms: ['ES256'] }) as JwtPayload;
        const { sub, exp, aud } = claims;
        if (sub !== program.program || !exp || typeof aud !== 'string') throw new Error('incomplete');
        // A key that got out makes no token that lives longer than ours do.
        if (exp - (claims.iat ?? 0) > serviceTokenSeconds) throw new Error('lives too long');
        const principal = { kind: 'service', service: sub } as const;
        return { principal, audience: aud, untilMs: exp * 1_000, issuedAtMs: issuedAtMsOf(claims) };
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
