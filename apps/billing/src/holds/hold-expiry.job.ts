import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { HoldsService } from './holds.service';

const everyMs = 30_000;
const expiredMaxPerRun = 1_000;

/** Ends holds that have run out. Any number of replicas may run it: each hold is taken by one. */
@Injectable()
export class HoldExpiryJob extends RepeatingJob {
  constructor(private readonly holds: HoldsService) {
    super(everyMs);
  }

  /** One hold a transaction: its wallet is locked no longer than a charge locks it. @returns how many ended */
  async run(): Promise<number> {
    const failed = new Set<string>();
    const ended = await this.steps(() => this.holds.expireNext(failed), expiredMaxPerRun);
    const expired = ended - failed.size;
    if (expired > 0) this.logger.warn({ msg: 'holds ran out and were given back', expired });
    return expired;
  }
}
