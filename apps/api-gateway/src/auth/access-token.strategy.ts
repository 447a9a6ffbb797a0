import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { UserPrincipal } from '@peyk/contracts';
import { MESSAGING, userTokenAudience, userTokenIssuer } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { SecretOrKeyProvider } from 'passport-jwt';

const maxTokenLength = 4_096;

/** Identity's access tokens: ES256, the key named by `kid` (identity.keys.list). */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy) {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      algorithms: ['ES256'],
      issuer: userTokenIssuer,
      audience: userTokenAudience,
      secretOrKeyProvider: keyProvider(runtime),
    });
  }

  validate(claims: object): Promise<UserPrincipal> {
    return this.runtime.authenticator.accept(claims);
  }
}

function keyProvider(runtime: MessagingRuntime): SecretOrKeyProvider {
  return (_request, token: string, done) => {
    const kid = kidOf(token);
    if (!kid) {
      done(new Error('no key id'));
      return;
    }
    runtime.authenticator.keyOf(kid).then(
      (key) => (key ? done(null, key) : done(new Error('unknown key id'))),
      (error: unknown) => done(error),
    );
  };
}

function kidOf(token: string): string | undefined {
  if (token.length > maxTokenLength) return undefined;
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString());
    const kid = (header as { kid?: unknown } | null)?.kid;
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}
