import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseOptions, TableLives } from '@peyk/database';
import { configDefaults } from '@peyk/platform';
import { PROGRAMS, STORING_PROGRAMS } from '../programs.mjs';

/** The clone, without a slash at its end. */
export const root = join(__dirname, '../..');

type ConfigClass = new () => object;

/** Path of a source file of a program. */
export function sourceOf(program: string, file: string): string {
  return join(root, 'apps', program, 'src', file);
}

export function hasSource(program: string, file: string): boolean {
  return existsSync(sourceOf(program, file));
}

/** The configuration class of each program: what its config.ts exports under a name that ends in Config. */
export const programConfigs: Readonly<Record<string, ConfigClass>> = Object.fromEntries(
  PROGRAMS.map(({ name }) => [name, configOf(name)]),
);

/** A program that has a database, as its data-source.ts and retention.ts say. */
export interface StoringProgram {
  readonly name: string;
  readonly databaseOptions: (config: { databaseUrl: string; databasePoolMax: number }) => DatabaseOptions;
  /** With the settings' defaults. */
  readonly lives: TableLives;
}

export function storingPrograms(): readonly StoringProgram[] {
  return STORING_PROGRAMS.map(({ name }) => {
    const { databaseOptions } = load(name, 'data-source') as Pick<StoringProgram, 'databaseOptions'>;
    const lives = exportOf<(config: object) => TableLives>(name, 'retention', 'Lives');
    return { name, databaseOptions, lives: lives(configDefaults(configOf(name))) };
  });
}

function configOf(program: string): ConfigClass {
  return exportOf<ConfigClass>(program, 'config', 'Config');
}

/** By the end of its name, so that a new program needs no line here. */
function exportOf<T>(program: string, module: string, ending: string): T {
  const found = Object.entries(load(program, module)).find(([name]) => name.endsWith(ending));
  if (!found)
    throw new Error(`apps/${program}/src/${module}.ts exports nothing whose name ends in ${ending}`);
  return found[1] as T;
}

function load(program: string, module: string): Record<string, unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the path is known only now
  return require(sourceOf(program, module)) as Record<string, unknown>;
}
