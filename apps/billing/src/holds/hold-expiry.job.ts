import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { HoldsService } from './holds.service';

const everyMs = 30_000;
const expiredMaxPerRun = 1_000;

/** Ends holds that have run out. Any number of replicas may run it: each hold is taken by one. */
@Injectable()
export class HoldExpiryJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HoldExpiryJob.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<number> | undefined;
  private stopped = false;

  constructor(private readonly holds: HoldsService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.expireDue()
        .catch((error: unknown) => {
          this.logger.error({ msg: 'holds were not expired; the next run tries again', err: error });
          return 0;
        })
        .finally(() => {
          this.running = undefined;
        });
    }, everyMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One hold a transaction: its wallet is locked no longer than a charge locks it. @returns how many ended */
  async expireDue(): Promise<number> {
    let expired = 0;
    while (!this.stopped && expired < expiredMaxPerRun && (await this.holds.expireNext())) expired += 1;
    if (expired > 0) this.logger.warn({ msg: 'holds ran out and were given back', expired });
    return expired;
  }
}
