import { loadCommandConfig } from './config';
import type { LogLevelName } from './config';
import { createLogger } from './logger';
import type { Logger } from './logger';

export interface CommandOptions<C extends object> {
  /** The app's name, e.g. `billing`. */
  readonly program: string;
  /** Verb of what it does, for the line of a failure: `migrate`, `verify the ledger`. */
  readonly action: string;
  readonly config: new () => C;
  /** Level of the logger that `body` gets; as the settings say by default. */
  readonly logLevel?: LogLevelName;
}

export interface CommandContext<C extends object> {
  readonly config: C;
  readonly logger: Logger;
  /** What stands behind the command's name. */
  readonly args: readonly string[];
}

/**
 * Runs a command of a program to its end: settings, then `body`, then the process exits. `body` answers the exit code, 0
 * where it answers none. A failure is one fatal line and exit code 1.
 */
export function runCommand<C extends object>(
  options: CommandOptions<C>,
  body: (context: CommandContext<C>) => Promise<number | void>,
): void {
  endProcess(options, body).catch((error: unknown) => {
    createLogger(options.program).fatal({ err: error }, `could not ${options.action}`);
    process.exit(1);
  });
}

async function endProcess<C extends object>(
  { program, config: type, logLevel }: CommandOptions<C>,
  body: (context: CommandContext<C>) => Promise<number | void>,
): Promise<void> {
  const config = loadCommandConfig(type);
  const level = logLevel ?? ('logLevel' in config ? (config.logLevel as LogLevelName) : undefined);
  const logger = createLogger(program, { level });
  process.exit((await body({ config, logger, args: process.argv.slice(2) })) ?? 0);
}
