import { EnvUrl, loadConfig } from '@peyk/platform';

/** Servers that integration tests run against; `npm test` starts them and sets these. */
export class TestServersConfig {
  @EnvUrl({
    key: 'TEST_DATABASE_URL',
    description: 'PostgreSQL for tests, as a user who may create databases: run the tests with npm test',
    schemes: ['postgres', 'postgresql'],
    secret: true,
  })
  readonly databaseUrl!: string;

  @EnvUrl({
    key: 'TEST_RABBITMQ_URL',
    description: 'RabbitMQ for tests, with a vhost of their own: run the tests with npm test',
    schemes: ['amqp', 'amqps'],
    secret: true,
  })
  readonly rabbitmqUrl!: string;
}

/** @throws ConfigError where a test is not run by `npm test`. */
export function testServers(): TestServersConfig {
  return loadConfig(TestServersConfig, process.env);
}

/** Whether the PostgreSQL is the run's own, gone after it. */
export function ownsPostgres(): boolean {
  return process.env['TEST_POSTGRES_MANAGE'] !== undefined;
}
