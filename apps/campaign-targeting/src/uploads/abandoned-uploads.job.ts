import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { UploadsService } from './uploads.service';

const everyMs = 10 * 60_000;
const forgottenMaxPerRun = 100;

/** Forgets uploads that were given up. Any number of replicas may run it. */
@Injectable()
export class AbandonedUploadsJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AbandonedUploadsJob.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<number> | undefined;
  private stopped = false;

  constructor(private readonly uploads: UploadsService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.run()
        .catch((error: unknown) => {
          this.logger.error({ msg: 'abandoned uploads stay until the next run', err: error });
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

  /** @returns how many were forgotten */
  async run(): Promise<number> {
    let forgotten = 0;
    while (!this.stopped && forgotten < forgottenMaxPerRun && (await this.uploads.forgetAbandoned()))
      forgotten += 1;
    if (forgotten > 0) this.logger.log({ msg: 'abandoned uploads were forgotten', forgotten });
    return forgotten;
  }
}
