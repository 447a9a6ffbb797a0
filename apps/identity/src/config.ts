import { DatabaseServiceConfig, loadConfig } from '@peyk/platform';
import type { Environment } from '@peyk/platform';

/** What identity reads from its environment; nothing beyond what every program with a database reads. */
export class IdentityConfig extends DatabaseServiceConfig {}

/** Throws ConfigError naming every wrong key. */
export function readConfig(env: Environment = process.env): IdentityConfig {
  return loadConfig(IdentityConfig, env);
}

/** Of a command that runs and ends: it answers no health port, so none has to be given. */
export function readCommandConfig(env: Environment = process.env): IdentityConfig {
  return loadConfig(IdentityConfig, { HEALTH_PORT: '0', ...env });
}
