import { generateKeyPairSync } from 'node:crypto';
import { decode, verify } from 'jsonwebtoken';
import { signAccessToken } from './access-token';

describe(signAccessToken, () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const session = {
    id: '0198f000-0000-7000-8000-0000000000aa',
    account: {
      id: '0198f000-0000-7000-8000-00000000000a',
      username: 'demo',
      name: 'شرکت نمونه',
      roles: ['sms_customer' as const],
    },
    scopes: { school_manager: ['school:1001' as const] },
    permissionStamp: 3,
  };
  const issue = (livesSeconds: number): ReturnType<typeof signAccessToken> =>
    signAccessToken(
      { kid: 'key-1', privateKey },
      { ...session, expiresAt: new Date(Date.now() + livesSeconds * 1_000) },
    );

  it('IDN-219 names its key, who it is for and of, and ends after ten minutes', () => {
    const { accessToken, accessExpiresAt } = issue(3_600);
    const { header, payload } = verify(accessToken, publicKey, { algorithms: ['ES256'], complete: true });
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'key-1' });
    expect(payload).toEqual({
      iss: 'peyk-identity',
      aud: 'peyk',
      sub: session.account.id,
      sid: session.id,
      name: 'شرکت نمونه',
      roles: ['sms_customer'],
      scopes: { school_manager: ['school:1001'] },
      stamp: 3,
      iat: expect.any(Number) as number,
      exp: expect.any(Number) as number,
    });
    const { iat, exp } = payload as { iat: number; exp: number };
    expect(exp - iat).toBe(600);
    expect(accessExpiresAt).toBe(new Date(exp * 1_000).toISOString());
  });

  it('does not outlive its session', () => {
    const { iat, exp } = decode(issue(60).accessToken) as { iat: number; exp: number };
    expect(exp - iat).toBeLessThanOrEqual(60);
    expect(exp - iat).toBeGreaterThan(50);
  });
});
