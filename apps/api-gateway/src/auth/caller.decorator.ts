import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { UserPrincipal } from '@peyk/contracts';
import type { ClientDto } from '@peyk/contracts/identity';
import type { FastifyRequest } from 'fastify';
import { deviceTokenOf } from './cookies';

/** A request as the guard leaves it: `user` is who calls, `token` the access token that an API key was exchanged for. */
export type SignedInRequest = FastifyRequest & { user?: UserPrincipal; token?: string };

/** Who is signed in, and what travels with each RPC made for them: their token, and where they sit. */
export interface SignedIn {
  readonly user: UserPrincipal;
  readonly as: { readonly token: string; readonly client: ClientDto };
}

/** Where a request comes from. */
export function placeOf(request: FastifyRequest): ClientDto {
  return { address: request.ip.slice(0, 64), device: (request.headers['user-agent'] ?? '').slice(0, 300) };
}

/** Where a request comes from, and whether somebody signed in on that browser before. */
export function clientOf(request: FastifyRequest): ClientDto {
  const deviceToken = deviceTokenOf(request);
  return { ...placeOf(request), ...(deviceToken && { deviceToken }) };
}

/** @throws access.tokenMissing */
export function callerOf(request: SignedInRequest): SignedIn {
  const token = request.token ?? /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!request.user || !token) throw new DomainError('access.tokenMissing');
  return { user: request.user, as: { token, client: placeOf(request) } };
}

/** The signed-in caller (`SignedIn`) of a route whose contract wants one. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): SignedIn =>
  callerOf(context.switchToHttp().getRequest<SignedInRequest>()),
);
