import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { DutiesModule, HealthRegistry } from '@peyk/platform';
import { HandledMessages } from './handled-messages';
import { Outbox } from './outbox';
import { MESSAGING } from './tokens';
import type { MessagingRuntime } from './tokens';

/** Gives a program its broker connection, RPC client, outbox and list of handled messages. The last two need a DataSource. */
@Global()
@Module({})
export class MessagingModule implements OnApplicationShutdown {
  static forRoot(runtime: MessagingRuntime): DynamicModule {
    return {
      module: MessagingModule,
      imports: [DutiesModule],
      providers: [{ provide: MESSAGING, useValue: runtime }, Outbox, HandledMessages],
      exports: [MESSAGING, Outbox, HandledMessages],
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
