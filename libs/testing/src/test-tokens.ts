import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@peyk/contracts';
import { userTokenAudience, userTokenIssuer } from '@peyk/messaging';
import type { KeySource } from '@peyk/messaging';
import { sign } from 'jsonwebtoken';
import type { SignOptions } from 'jsonwebtoken';

/** Stands in for identity: signs access tokens of users with an ES256 key of its own. */
export class TestTokens {
  readonly kid = randomUUID();
  readonly publicKey: string;
  private readonly privateKey: string;

  constructor() {
    const pair = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    this.publicKey = pair.publicKey;
    this.privateKey = pair.privateKey;
  }

  readonly keyOf: KeySource = (kid) => Promise.resolve(kid === this.kid ? this.publicKey : undefined);

  /** An access token as identity gives it, for 5 minutes; `options` make a wrong one. */
  tokenOf(user: Partial<UserPrincipal> = {}, options: SignOptions = {}): string {
    const claims = {
      sid: user.sessionId ?? randomUUID(),
      name: user.name ?? 'spec',
      roles: user.roles ?? [],
      scopes: user.scopes ?? {},
      stamp: user.stamp ?? 1,
      ...(user.keyScopes && { keyScopes: user.keyScopes }),
    };
    return sign(claims, this.privateKey, {
      algorithm: 'ES256',
      keyid: this.kid,
      subject: user.accountId ?? randomUUID(),
      issuer: userTokenIssuer,
      audience: userTokenAudience,
      expiresIn: 300,
      ...options,
    });
  }
}
