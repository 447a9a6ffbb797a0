import { Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';

/**
 * Work that comes again while the program runs: the first run begins `everyMs` after the start, each other one `everyMs`
 * after the end of the one before, or when it is poked, so there is never more than one. A run that fails is logged, and
 * the next one tries again. When the program stops, a run ends after the step that it is at and is waited for.
 */
export abstract class RepeatingJob implements OnApplicationBootstrap, OnModuleDestroy {
  protected readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private poked = false;
  private stopped = false;

  protected constructor(private readonly everyMs: number) {}

  /** One run. Every replica has its own: what it does has to bear that. */
  abstract run(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.next(this.everyMs);
  }

  /** There is something to do: the next run begins now, or right after the one that is on. */
  poke(): void {
    if (this.running) this.poked = true;
    else this.next(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /**
   * Does `step` again and again until it says that nothing is left (false), `maxSteps` are done, or the program stops.
   * @returns how many steps did something
   */
  protected async steps(step: () => Promise<boolean>, maxSteps: number): Promise<number> {
    let done = 0;
    while (!this.stopped && done < maxSteps && (await step())) done += 1;
    return done;
  }

  private next(inMs: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running = this.runLogged();
    }, inMs);
    this.timer.unref();
  }

  private async runLogged(): Promise<void> {
    this.poked = false;
    try {
      await this.run();
    } catch (error) {
      this.logger.error({ msg: 'a run failed; the next one tries again', err: error });
    }
    this.running = undefined;
    this.next(this.poked ? 0 : this.everyMs);
  }
}
