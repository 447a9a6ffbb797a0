import { readFileSync } from 'node:fs';

/** What `connect` of amqplib is given besides the URL. Of TLS the server's certificate and name are always checked. */
export interface BrokerSocket {
  readonly noDelay: true;
  readonly timeout: number;
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

const connectTimeoutMs = 5_000;

/** Files as in RabbitMQ's URIs: cacertfile, certfile, keyfile. Without an authority of its own: those of Node. */
export function brokerSocket(rabbitmqUrl: string): BrokerSocket {
  const { searchParams } = new URL(rabbitmqUrl);
  const read = (parameter: string): Buffer | undefined => {
    const path = searchParams.get(parameter);
    return path === null ? undefined : readFileSync(path);
  };
  const files = { ca: read('cacertfile'), cert: read('certfile'), key: read('keyfile') };
  return { noDelay: true, timeout: connectTimeoutMs, ...files };
}
