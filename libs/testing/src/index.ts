export * from './config';
export * from './event-collector';
export * from './eventually';
export * from './scratch-database';
export * from './test-keys';
export * from './test-messaging';
export * from './test-tokens';
