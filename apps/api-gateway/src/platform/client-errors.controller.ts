import { Inject, Req } from '@nestjs/common';
import { ClientErrorDto } from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { counter } from '@peyk/platform';
import type { FastifyRequest } from 'fastify';
import { placeOf } from '../auth/caller.decorator';
import { RateLimiter, addressKey } from '../auth/rate-limiter';
import { Input } from '../http/input.decorator';
import { harmless } from './harmless';
import { clientErrorsRoutes } from './client-errors.routes';
import { ControllerOf } from '../routes/controllers';

/** A panel that breaks at every click says so ten times a minute; all panels together fill no disk. */
const perSenderMinute = 10;
const perMinute = 300;

const clientErrors = counter('panel_errors_total', 'Errors that panels told of', ['kind']);

/**
 * What broke in the panels of people. The sender is not known, so the words are a stranger's: bounded, without what could
 * be a secret, a person's number or a line of the log.
 */
@ControllerOf(clientErrorsRoutes)
export class ClientErrorsController {
  private readonly ofSender = new RateLimiter(perSenderMinute);
  private readonly ofAll = new RateLimiter(perMinute);

  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  async report(@Input() error: ClientErrorDto, @Req() request: FastifyRequest): Promise<void> {
    const accountId = await this.accountOf(request);
    this.ofSender.take(accountId ?? addressKey(request.ip));
    this.ofAll.take('all');
    clientErrors.inc({ kind: error.kind });
    this.runtime.logger.warn(
      {
        panelError: {
          id: error.id,
          kind: error.kind,
          message: harmless(error.message),
          stack: error.stack && harmless(error.stack),
          parts: error.parts && harmless(error.parts),
          page: harmless(error.page),
          release: harmless(error.release),
          requestId: error.requestId,
          device: harmless(placeOf(request).device),
        },
        accountId,
      },
      'a panel broke',
    );
  }

  /** Of a session that is still good; an error tells of itself without one too. */
  private async accountOf({ headers }: FastifyRequest): Promise<string | undefined> {
    const token = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (!token) return undefined;
    const who = await this.runtime.authenticator.authenticate(token).catch(() => undefined);
    return who?.kind === 'user' ? who.accountId : undefined;
  }
}
