import { EnvUrl, brokerUrlFiles } from '@peyk/platform';

/** What the command over dead letters reads. */
export class DeadLettersConfig {
  @EnvUrl({
    key: 'RABBITMQ_URL',
    description: 'RabbitMQ, with a user that may read and send to the queues',
    schemes: ['amqp', 'amqps'],
    files: brokerUrlFiles,
    secret: true,
  })
  readonly rabbitmqUrl!: string;
}
