import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { DutiesModule, HealthRegistry } from '@peyk/platform';
import { Inbox } from './inbox';
import { Outbox } from './outbox';
import { MESSAGING } from './tokens';
import type { MessagingRuntime } from './tokens';

/** Gives a program its broker connection, RPC client, outbox and inbox. The last two need a DataSource. */
@Global()
@Module({})
export class MessagingModule implements OnApplicationShutdown {
  static forRoot(runtime: MessagingRuntime): DynamicModule {
    return {
      module: MessagingModule,
      imports: [DutiesModule],
      providers: [{ provide: MESSAGING, useValue: runtime }, Outbox, Inbox],
      exports: [MESSAGING, Outbox, Inbox],
    };
  }

  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    health: HealthRegistry,
  ) {
    health.register('rabbitmq', () => {
      if (!runtime.broker.connected) throw new Error('not connected');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runtime.broker.close();
  }
}
