import { AsyncLocalStorage } from 'node:async_hooks';
import { DataSource } from 'typeorm';
import type { DataSourceOptions, QueryRunner, ReplicationMode } from 'typeorm';
import { withoutDeadline } from './deadline';

const reservations = new AsyncLocalStorage<boolean>();

/**
 * Runs `act` on the connections that are kept for what must go on while readers have all others
 * (`DatabaseOptions.reservedPoolMax`; the common pool where there are none). It has no deadline but its own.
 */
export function reserved<T>(act: () => T): T {
  return withoutDeadline(() => reservations.run(true, act));
}

/** A data source whose `reserved` work has a pool of its own; everything else of it is the common one's. */
export class ReservingDataSource extends DataSource {
  private readonly own: DataSource;

  constructor(settings: DataSourceOptions, reservedSettings: DataSourceOptions) {
    super(settings);
    this.own = new DataSource(reservedSettings);
  }

  override async initialize(): Promise<this> {
    await super.initialize();
    try {
      await this.own.initialize();
    } catch (error) {
      await super.destroy();
      throw error;
    }
    return this;
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    if (this.own.isInitialized) await this.own.destroy();
  }

  override createQueryRunner(mode: ReplicationMode = 'master'): QueryRunner {
    const isReserved = reservations.getStore() === true && this.own.isInitialized;
    return isReserved ? this.own.createQueryRunner(mode) : super.createQueryRunner(mode);
  }
}
