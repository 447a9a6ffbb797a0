import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { SessionsService } from './sessions/sessions.service';
import { SignInThrottle } from './sign-in/sign-in-throttle';

const everyMs = 60_000;

/** Once a minute, in each replica: what has run out ends, what is old is forgotten. */
@Injectable()
export class HousekeepingJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HousekeepingJob.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly sessions: SessionsService,
    private readonly throttle: SignInThrottle,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.running = this.run()
        // Nothing is lost: the next minute does it.
        .catch((error: unknown) => this.logger.error('housekeeping failed', error))
        .finally(() => {
          if (!this.stopped) this.onApplicationBootstrap();
        });
    }, everyMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Each step works in bounded statements until nothing is left, or the program stops. */
  async run(): Promise<void> {
    const steps = [
      () => this.sessions.endExpired(),
      () => this.sessions.forgetEnded(),
      () => this.throttle.forgetOld(),
    ];
    for (const step of steps) while (!this.stopped && (await step()) > 0);
  }
}
