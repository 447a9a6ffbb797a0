export * from './copy';
export * from './data-source';
export * from './database.module';
export * from './migrate';
export * from './naming';
export * from './partitions';
export * from './transaction';
export * from './uuid';
