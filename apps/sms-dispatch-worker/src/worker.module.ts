import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { MESSAGING, MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { HealthRegistry } from '@peyk/platform';
import { LinksController } from './links/links.controller';
import { RabbitBroker } from './rabbit.broker';
import { WorkerService } from './worker.service';
import type { SessionOptions } from './worker.session';

export function workerModule(runtime: MessagingRuntime, options: SessionOptions): Type {
  @Module({
    imports: [MessagingModule.forRoot(runtime)],
    controllers: [LinksController],
    providers: [
      {
        provide: WorkerService,
        inject: [MESSAGING, HealthRegistry],
        useFactory: (messaging: MessagingRuntime, health: HealthRegistry) =>
          new WorkerService(new RabbitBroker(messaging), options, messaging.logger, health),
      },
    ],
  })
  class WorkerModule {}
  return WorkerModule;
}
