import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { combinedControllers, combinedProviders } from './combined/combined.providers';
import { listsControllers, listsProviders } from './lists/lists.providers';
import { readingProviders } from './reading/reading.providers';
import { uploadsControllers, uploadsProviders } from './uploads/uploads.providers';
import { TargetingConfig } from './config';
import { databaseOptions } from './data-source';

/** The program over one database and one broker connection; a class of its own each time. */
export function targetingModule(config: TargetingConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [...combinedControllers, ...listsControllers, ...uploadsControllers],
    providers: [
      { provide: TargetingConfig, useValue: config },
      ...combinedProviders,
      ...listsProviders,
      ...readingProviders,
      ...uploadsProviders,
    ],
  })
  class TargetingModule {}
  return TargetingModule;
}
