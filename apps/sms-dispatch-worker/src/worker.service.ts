import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { HealthRegistry } from '@peyk/platform';
import type { Logger } from '@peyk/platform';
import type { DispatchBroker } from './dispatch.broker';
import { WorkerSession } from './worker.session';
import type { SessionOptions } from './worker.session';

/** Without an answered heartbeat for so long the worker does no work. */
const silentMaxMs = 5_000;

/** Keeps one session going for as long as the program runs. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private session: WorkerSession | undefined;
  private isStopping = false;

  constructor(
    private readonly broker: DispatchBroker,
    private readonly options: SessionOptions,
    private readonly logger: Logger,
    health: HealthRegistry,
  ) {
    health.register('session', () => {
      if (!this.session || this.session.silentMs > silentMaxMs)
        throw new Error('sms-gateway does not answer');
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.begin();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.session?.leave();
  }

  private async begin(): Promise<void> {
    this.session = new WorkerSession(this.broker, this.options, this.logger, () => {
      // A session that cannot begin ends the program: the supervisor restarts it.
      if (!this.isStopping) void this.begin();
    });
    await this.session.start();
  }
}
