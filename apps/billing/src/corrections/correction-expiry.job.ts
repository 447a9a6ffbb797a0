import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { CorrectionsService } from './corrections.service';

const everyMs = 300_000;
const expiredMaxPerRun = 1_000;

/** Ends corrections that nobody decided on in time. Any number of replicas may run it. */
@Injectable()
export class CorrectionExpiryJob extends RepeatingJob {
  constructor(private readonly corrections: CorrectionsService) {
    super(everyMs);
  }

  /** @returns how many expired */
  async run(): Promise<number> {
    const failed = new Set<string>();
    const ended = await this.steps(() => this.corrections.expireNext(failed), expiredMaxPerRun);
    return ended - failed.size;
  }
}
