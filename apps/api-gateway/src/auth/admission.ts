import type { Readable } from 'node:stream';
import { DomainError } from '@peyk/contracts';
import type { SignedIn } from './caller.decorator';

/** Whether the caller of a long answer is still let in. @throws as `Authenticator.authenticate` */
export type Admit = (token: string) => Promise<unknown>;

/** Rights are looked at so often, whatever flows meanwhile. */
const lookEveryMs = 1_000;
/** What is refused may still say so; then the line is cut, also that of a client which does not read. */
const lastWordsMs = 1_000;

/**
 * Looks every second whether the caller of a long answer (live stream, download) may still have it: a session that ended,
 * an account that was disabled or a role that was taken away ends the answer, also while its data flow without a question
 * to any service. `admit` asks nobody but this program's memory of revocations.
 */
export class Admission {
  private readonly refusal = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(admit: Admit, { token }: SignedIn['as'], everyMs: number = lookEveryMs) {
    this.timer = setInterval(() => void this.look(admit, token), everyMs).unref();
  }

  /** Aborts when the caller is refused; its reason is the DomainError. */
  get refused(): AbortSignal {
    return this.refusal.signal;
  }

  /** Cuts `stream` after a refusal, and ends with it. */
  guard(stream: Readable, afterMs: number = lastWordsMs): void {
    const cut = (): void => {
      setTimeout(() => stream.destroy(), afterMs).unref();
    };
    this.refused.addEventListener('abort', cut);
    stream.once('close', () => this.end());
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async look(admit: Admit, token: string): Promise<void> {
    try {
      await admit(token);
    } catch (error) {
      // Nobody can be asked now: a caller that was let in stays.
      if (error instanceof DomainError && error.kind === 'unavailable') return;
      this.end();
      this.refusal.abort(error);
    }
  }
}
