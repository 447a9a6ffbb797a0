import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { FastifyRequest } from 'fastify';

/**
 * For the routes that a cookie opens: a plain HTML form can send neither JSON nor a header of its own, and a script of
 * another site only after a CORS preflight, which nobody answers here. Origin and Sec-Fetch-Site are checked for every
 * route (`enableCsrfProtection`).
 */
@Injectable()
export class OwnPageGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
    if (!isJson && headers['x-requested-with'] === undefined)
      throw new DomainError('access.denied', { needs: 'content-type: application/json or x-requested-with' });
    return true;
  }
}
