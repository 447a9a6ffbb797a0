export * from './config';
export * from './health';
export * from './logger';
export * from './metrics';
export * from './repeating-job';
export * from './request-context';
export * from './sealer';
export * from './service';
