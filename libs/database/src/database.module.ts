import { Logger, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HealthModule, HealthRegistry } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { createDataSource, type DatabaseOptions } from './data-source';
import { query } from './transaction';
import { Transactions } from './transaction';

// At the start of a machine PostgreSQL may come later than this program.
const connectAttempts = 10;
const connectRetryDelayMs = 1_000;
/** Connections that only events take on their way out (`Outbox`), where a program reserves no more for itself. */
const reservedPoolMax = 2;

/**
 * The program's one database: `DataSource`, `Transactions` and, per feature, `TypeOrmModule.forFeature`. Checked as
 * `database` by `/health/ready`; closed last at a stop. It does not migrate: `runMigrations` is a command of its own.
 */
@Module({})
export class DatabaseModule implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly health: HealthRegistry,
  ) {}

  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        HealthModule,
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ retryAttempts: connectAttempts, retryDelay: connectRetryDelayMs }),
          dataSourceFactory: async () => {
            const dataSource = await createDataSource({
              ...options,
              reservedPoolMax: options.reservedPoolMax ?? reservedPoolMax,
            }).initialize();
            await warnOfRights(dataSource, options.role);
            return dataSource;
          },
        }),
      ],
      providers: [Transactions],
      exports: [Transactions],
    };
  }

  onModuleInit(): void {
    this.health.register('database', async () => {
      await this.dataSource.query('SELECT 1');
    });
  }
}

async function warnOfRights(dataSource: DataSource, role: string | undefined): Promise<void> {
  if (role === undefined) return;
  const [user] = await query<{ name: string }>(dataSource, 'SELECT current_user::text AS name');
  if (user?.name !== role)
    new Logger('Database').warn({
      msg: 'works with all rights of its user: the role that it should work as is missing or not granted to it',
      role,
      user: user?.name,
    });
}
