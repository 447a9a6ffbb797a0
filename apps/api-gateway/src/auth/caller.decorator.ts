import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { UserPrincipal } from '@peyk/contracts';
import type { FastifyRequest } from 'fastify';

/** A request as the guard leaves it: `user` is who calls, `token` the access token that an API key was exchanged for. */
export type SignedInRequest = FastifyRequest & { user?: UserPrincipal; token?: string };

/** Who is signed in, and the token that travels with each RPC made for them. */
export interface SignedIn {
  readonly user: UserPrincipal;
  readonly as: { readonly token: string };
}

/** The signed-in caller (`SignedIn`) of an endpoint whose contract wants one. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): SignedIn => {
  const request = context.switchToHttp().getRequest<SignedInRequest>();
  const token = request.token ?? /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!request.user || !token) throw new DomainError('access.tokenMissing');
  return { user: request.user, as: { token } };
});
