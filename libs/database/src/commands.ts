import { Logger as NestLogger } from '@nestjs/common';
import { PeykNestLogger, runCommand } from '@peyk/platform';
import type { CommandContext, CommandOptions } from '@peyk/platform';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source';
import type { DatabaseOptions } from './data-source';
import { runMigrations } from './migrate';
import { runRetention } from './retention.cli';
import type { TableLives } from './retention';
import { reseal } from './sealed-columns';
import type { SealedColumn } from './sealed-columns';

interface DatabaseConfig {
  readonly databaseUrl: string;
}

/** A command of a program over its database. */
export interface DatabaseCommandOptions<C extends DatabaseConfig> extends CommandOptions<C> {
  /** `databaseOptions` of the program's data-source.ts. */
  readonly database: (config: { databaseUrl: string; databasePoolMax: number }) => DatabaseOptions;
}

export interface DatabaseCommandContext<C extends DatabaseConfig> extends CommandContext<C> {
  readonly dataSource: DataSource;
}

/** Of a command: it does one thing after the other. */
const databasePoolMax = 2;

/** Runs a command of a program (`runCommand`) with a connection to its database, which is closed at its end. */
export function runDatabaseCommand<C extends DatabaseConfig>(
  options: DatabaseCommandOptions<C>,
  body: (context: DatabaseCommandContext<C>) => Promise<number | void>,
): void {
  runCommand(options, async (context) => {
    const dataSource = dataSourceOf(options, context.config);
    await dataSource.initialize();
    try {
      return await body({ ...context, dataSource });
    } finally {
      await dataSource.destroy();
    }
  });
}

/**
 * `migrate.ts` of a program: creates its database where it is missing and brings it to the newest schema; safe to repeat.
 * @param prepare what is made beside the schema, such as partitions; what it answers is logged
 */
export function runMigrateCommand<C extends DatabaseConfig>(
  options: Omit<DatabaseCommandOptions<C>, 'action'>,
  prepare?: (context: DatabaseCommandContext<C>) => Promise<object>,
): void {
  runCommand({ ...options, action: 'migrate' }, async (context) => {
    NestLogger.overrideLogger(new PeykNestLogger(context.logger));
    const dataSource = dataSourceOf(options, context.config);
    try {
      const report = await runMigrations(dataSource, { createDatabase: true });
      const prepared = await prepare?.({ ...context, dataSource });
      context.logger.info({ ...report, ...prepared }, 'migrated');
    } finally {
      if (dataSource.isInitialized) await dataSource.destroy();
    }
  });
}

/** `prune.ts` of a program, for `npm run retention`: what of its tables is old goes; with `--dry-run` it only says so. */
export function runPruneCommand<C extends DatabaseConfig>(
  options: Omit<DatabaseCommandOptions<C>, 'action'>,
  lives: (config: C, context: DatabaseCommandContext<C>) => TableLives,
): void {
  runDatabaseCommand({ ...options, action: 'prune' }, (context) =>
    runRetention(context.dataSource, {
      program: options.program,
      lives: () => lives(context.config, context),
      args: context.args,
      say: (line) => void process.stdout.write(`${line}\n`),
    }),
  );
}

/**
 * `reseal.ts` of a program, for `npm run reseal`: seals again under the first of SEAL_KEYS what is sealed under others,
 * while all runs; prints what each column holds.
 */
export function runResealCommand<C extends DatabaseConfig>(
  options: Omit<DatabaseCommandOptions<C>, 'action'>,
  columnsOf: (config: C) => readonly SealedColumn[],
): void {
  runDatabaseCommand({ ...options, action: 'reseal' }, async ({ dataSource, config }) => {
    const columns = await reseal(dataSource, columnsOf(config));
    process.stdout.write(`${JSON.stringify({ program: options.program, columns }, undefined, 2)}\n`);
  });
}

function dataSourceOf<C extends DatabaseConfig>(
  { database }: Pick<DatabaseCommandOptions<C>, 'database'>,
  { databaseUrl }: C,
): DataSource {
  return createDataSource(database({ databaseUrl, databasePoolMax }));
}
