import { Injectable } from '@nestjs/common';
import type { PlatformWarningDto } from '@peyk/contracts';
import { counter } from '@peyk/platform';
import type { Logger } from '@peyk/platform';
import type { FastifyRequest } from 'fastify';

const untrusted = counter(
  'http_untrusted_forwarded_total',
  'Requests with a forwarded address from somebody who is not in TRUST_PROXY',
);
const warnEveryMs = 60_000;
/** One that stopped so long ago is no warning any more. */
const forgetAfterMs = 24 * 3_600_000;

/**
 * Sees when a reverse proxy is in front that TRUST_PROXY does not name: then everybody is one address, and one who
 * guesses passwords locks all out. A stranger may send such a header too, so it is a warning and never a refusal.
 */
@Injectable()
export class ForwardedWatch {
  private seen: { address: string; requests: number; lastAtMs: number } | undefined;
  private warnedAtMs = 0;

  note(request: FastifyRequest, logger: Logger): void {
    const { headers } = request;
    if (headers['x-forwarded-for'] === undefined && headers.forwarded === undefined) return;
    const address = request.socket.remoteAddress ?? 'unknown';
    // Of a trusted peer Fastify has read the header: then the address of the request is not the peer's alone.
    if ((request.ips?.length ?? 0) > 1) return;
    untrusted.inc();
    const now = Date.now();
    this.seen = { address, requests: (this.seen?.requests ?? 0) + 1, lastAtMs: now };
    if (now - this.warnedAtMs < warnEveryMs) return;
    this.warnedAtMs = now;
    logger.warn(
      { address, requests: this.seen.requests },
      'a forwarded address from somebody whom TRUST_PROXY does not name: behind a proxy everybody is one address',
    );
  }

  /** Of this replica, since its start. */
  warnings(): PlatformWarningDto[] {
    if (!this.seen || Date.now() - this.seen.lastAtMs > forgetAfterMs) return [];
    const { address, requests, lastAtMs } = this.seen;
    return [{ code: 'proxyNotTrusted', address, requests, lastAt: new Date(lastAtMs).toISOString() }];
  }
}
