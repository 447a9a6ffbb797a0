// What all rooms share, and what is joined from them. What belongs to one room is imported from it: @peyk/contracts/sms.
export * from './contracts';
export * from './core/index';
export * from './dead-letters';
export * from './errors';
export * from './permissions';
export * from './subscriptions';
