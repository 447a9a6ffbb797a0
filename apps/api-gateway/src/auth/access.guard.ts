import { Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { DomainError, reachOf } from '@peyk/contracts';
import { endpointOf } from '../http/endpoint';
import { ApiKeys, apiKeyOf } from './api-keys';
import type { SignedInRequest } from './caller.decorator';
import { Limits } from './limits';
import { addressKey } from './rate-limiter';

/**
 * Who may come in, and how often: by access token (Passport) or by API key. The permission table is asked here so that a
 * refusal costs no RPC; the services do not trust that: they ask it again, and check ownership themselves.
 */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly limits: Limits,
    private readonly apiKeys: ApiKeys,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    // Live events come through the same application.
    if (context.getType() !== 'http') return true;
    const endpoint = endpointOf(context.getHandler());
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const address = addressKey(request.ip);
    if (!endpoint || endpoint.access === 'public') {
      (endpoint?.limit === 'sessions' ? this.limits.sessions : this.limits.address).take(address);
      return true;
    }
    const key = apiKeyOf(request);
    if (key !== undefined) Object.assign(request, await this.apiKeys.admit(key, request.ip));
    else await this.bySession(context, address);
    const { user } = request;
    if (!user) throw new DomainError('access.tokenInvalid');
    this.limits.account.take(user.accountId);
    if (!endpoint.permission || !reachOf(endpoint.permission, user)) throw new DomainError('access.denied');
    return true;
  }

  override handleRequest<T>(error: unknown, user: T, info: unknown, context: ExecutionContext): T {
    if (user && !error) return user;
    for (const reason of [error, info]) if (reason instanceof DomainError) throw reason;
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    throw new DomainError(
      request.headers.authorization ? 'access.tokenInvalid' : 'access.tokenMissing',
      undefined,
      error ?? info,
    );
  }

  private async bySession(context: ExecutionContext, address: string): Promise<void> {
    try {
      await super.canActivate(context);
    } catch (error) {
      this.limits.address.take(address);
      throw error;
    }
  }
}
