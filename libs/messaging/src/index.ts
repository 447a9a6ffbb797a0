import { InboxRow } from './inbox';
import { OutboxRow } from './outbox';

export * from './auth';
export * from './broker';
export * from './consumer';
export * from './dead-letters';
export * from './decorators';
export * from './inbox';
export * from './lives';
export * from './messaging.module';
export * from './migration';
export * from './outbox';
export * from './provenance';
export * from './revocations';
export * from './rights';
export * from './rpc-client';
export * from './run-service';
export * from './runtime';
export * from './tokens';
export * from './topology';
export * from './transport';

/** To be added to the entities of each service that has a database. */
export const messagingEntities = [OutboxRow, InboxRow];
