import { DatabaseServiceConfig, EnvUrl, loadConfig } from '@peyk/platform';

export class BillingConfig extends DatabaseServiceConfig {}

/** What the commands (migrate, seed, ledger-verify) need: they talk to nobody but the database. */
class CommandConfig {
  @EnvUrl({
    key: 'DATABASE_URL',
    description: "PostgreSQL database of this program, nobody else's",
    schemes: ['postgres', 'postgresql'],
    secret: true,
  })
  readonly databaseUrl!: string;
}

export const readConfig = (): BillingConfig => loadConfig(BillingConfig, process.env);
export const readCommandConfig = (): CommandConfig => loadConfig(CommandConfig, process.env);
