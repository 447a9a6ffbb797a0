import type { KeyScope, RoleScopes } from '@peyk/contracts';
import type { AccountDto } from '@peyk/contracts/identity';
import { userTokenAudience, userTokenIssuer } from '@peyk/messaging';
import { sign } from 'jsonwebtoken';
import type { Signer } from '../keys/signing-keys.service';

/** Life of an access token, s. */
export const accessTokenSeconds = 600;

/**
 * A JWT (ES256, `kid` in the header) that every service verifies by itself: sub (account), sid (session), name, roles,
 * scopes (of the roles that have some), stamp (permission stamp of the account), keyScopes (of an API key, whose id is sid
 * then). It never outlives its session.
 */
export function signAccessToken(
  signer: Signer,
  session: {
    id: string;
    expiresAt: Date;
    account: AccountDto;
    scopes: RoleScopes;
    permissionStamp: number;
    keyScopes?: readonly KeyScope[];
  },
): { accessToken: string; accessExpiresAt: string } {
  const now = Math.floor(Date.now() / 1_000);
  const expiresAt = Math.min(now + accessTokenSeconds, Math.floor(session.expiresAt.getTime() / 1_000));
  const accessToken = sign(
    {
      iat: now,
      exp: expiresAt,
      sid: session.id,
      name: session.account.name,
      roles: session.account.roles,
      scopes: session.scopes,
      stamp: session.permissionStamp,
      ...(session.keyScopes && { keyScopes: session.keyScopes }),
    },
    signer.privateKey,
    {
      algorithm: 'ES256',
      keyid: signer.kid,
      issuer: userTokenIssuer,
      audience: userTokenAudience,
      subject: session.account.id,
    },
  );
  return { accessToken, accessExpiresAt: new Date(expiresAt * 1_000).toISOString() };
}
