import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { apiKeyPattern, identityApiKeysRpc } from '@peyk/contracts/identity';
import type { UserPrincipal } from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyRequest } from 'fastify';
import { Limits } from './limits';
import { addressKey } from './rate-limiter';

/** A grant is used so long, ms; then identity is asked again, which also notes the use. */
const grantMs = 60_000;
const grantsMax = 10_000;

export interface KeyHolder {
  readonly user: UserPrincipal;
  /** Access token that identity gave for the key. */
  readonly token: string;
}

interface Grant {
  readonly keyId: string;
  readonly token: string;
  readonly ratePerMinute: number | undefined;
  readonly untilMs: number;
}

/** The API key of a request, from `Authorization: Bearer peyk_...` or `X-Api-Key`; undefined: it has none. */
export function apiKeyOf({ headers }: FastifyRequest): string | undefined {
  const own = headers['x-api-key'];
  if (typeof own === 'string') return own;
  return /^bearer\s+(peyk_\S*)$/i.exec(headers.authorization ?? '')?.[1];
}

/**
 * Lets customers' programs in by API key (SMT-214): the key is exchanged for an access token of identity, which is kept
 * for a minute and travels with every RPC, so that services know nothing of keys.
 */
@Injectable()
export class ApiKeys {
  /**
   * By the hash of key and address: identity says for each address whether the key is accepted from it, and no key stands in
   * memory longer than its request. The oldest first.
   */
  private readonly grants = new Map<string, Promise<Grant>>();

  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
  ) {}

  /**
   * @param address of the request
   * @throws apiKey.invalid, apiKey.addressRefused, rate.limited, service.unavailable
   */
  async admit(key: string, address: string): Promise<KeyHolder> {
    const grant = await this.grantOf(key, address);
    this.limits.apiKey.take(grant.keyId, grant.ratePerMinute);
    try {
      return await this.holderOf(grant.token);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'access.tokenInvalid') throw error;
      // Its account or the key changed since: identity knows whether there is another token for it.
      this.grants.delete(hashOf(key, address));
      return this.holderOf((await this.grantOf(key, address)).token);
    }
  }

  private async holderOf(token: string): Promise<KeyHolder> {
    const user = await this.runtime.authenticator.authenticate(token);
    if (user.kind !== 'user') throw new DomainError('access.tokenInvalid');
    return { user, token };
  }

  /** Requests with one key that come at once wait for one exchange. */
  private async grantOf(key: string, address: string): Promise<Grant> {
    const hash = hashOf(key, address);
    const known = this.grants.get(hash);
    if (known) {
      const grant = await known;
      if (grant.untilMs > Date.now()) return grant;
      if (this.grants.get(hash) === known) this.grants.delete(hash);
      return this.grantOf(key, address);
    }
    // Before identity is asked: whoever guesses keys pays for each guess.
    this.limits.address.take(addressKey(address));
    if (!apiKeyPattern.test(key)) throw new DomainError('apiKey.invalid');
    const asked = this.exchange(key, address);
    if (this.grants.size >= grantsMax) {
      for (const [oldest] of this.grants) {
        this.grants.delete(oldest);
        break;
      }
    }
    this.grants.set(hash, asked);
    asked.catch(() => {
      if (this.grants.get(hash) === asked) this.grants.delete(hash);
    });
    return asked;
  }

  private async exchange(key: string, address: string): Promise<Grant> {
    const call = { key, address: address.slice(0, 64) };
    const granted = await this.runtime.rpc.call(identityApiKeysRpc.exchange, call, 'service');
    return {
      keyId: granted.keyId,
      token: granted.accessToken,
      ratePerMinute: granted.ratePerMinute ?? undefined,
      untilMs: Math.min(Date.now() + grantMs, Date.parse(granted.accessExpiresAt)),
    };
  }
}

function hashOf(key: string, address: string): string {
  return createHash('sha256').update(`${key} ${address}`).digest('base64');
}
