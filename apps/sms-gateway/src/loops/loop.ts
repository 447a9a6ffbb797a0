import { reserved } from '@peyk/database';
import type { Logger } from '@peyk/platform';
import { counter } from '@peyk/platform';

const failurePauseMs = 500;

const failures = counter('dispatch_loop_failures_total', 'Steps of a dispatch loop that failed', ['loop']);

/**
 * Runs `step` again and again, one at a time: at once after `poke`, else after the pause that the step asks for.
 * A failure is logged and the step tried again after half a second: the database or the broker may be away.
 */
export class Loop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private poked = false;
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly logger: Logger,
    private readonly step: () => Promise<number>,
  ) {}

  start(): void {
    this.schedule(0);
  }

  poke(): void {
    if (this.running) this.poked = true;
    else this.schedule(0);
  }

  /** No further step; waits for the one that runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(ms: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, ms);
  }

  private async run(): Promise<void> {
    let pauseMs = failurePauseMs;
    try {
      // No matter who poked: a step is dispatch's own work, on dispatch's own connections.
      pauseMs = await reserved(() => this.step());
    } catch (error) {
      this.logger.warn({ err: error, loop: this.name }, 'loop step failed; it is tried again');
      failures.inc({ loop: this.name });
    }
    this.running = undefined;
    const soon = this.poked;
    this.poked = false;
    this.schedule(soon ? 0 : pauseMs);
  }
}
