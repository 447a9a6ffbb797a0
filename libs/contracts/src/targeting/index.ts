export * from './errors';
export * from './events';
export * from './lists.rpc';
export * from './permissions';
export * from './recipients.rpc';
export * from './rpcs';
export * from './uploads.rpc';
