import { EnvUrl, loadConfig } from '@peyk/platform';
import type { Environment } from '@peyk/platform';

/** What the command over dead letters reads. */
export class DeadLettersConfig {
  @EnvUrl({ key: 'RABBITMQ_URL', description: 'RabbitMQ', schemes: ['amqp', 'amqps'], secret: true })
  readonly rabbitmqUrl!: string;
}

/** @throws ConfigError */
export function readConfig(env: Environment = process.env): DeadLettersConfig {
  return loadConfig(DeadLettersConfig, env);
}
