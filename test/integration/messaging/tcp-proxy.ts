import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Between a program and RabbitMQ: cuts its connections, or speaks in the broker's name. */
export class TcpProxy {
  private readonly pairs = new Set<[Socket, Socket]>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(targetUrl: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(targetUrl);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(targetUrl);
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new TcpProxy(server, url.href);
    server.on('connection', (client) => {
      client.setNoDelay(true);
      const broker = connect({ host: hostname, port: Number(port || 5672), noDelay: true });
      const pair: [Socket, Socket] = [client, broker];
      proxy.pairs.add(pair);
      client.pipe(broker);
      broker.pipe(client);
      for (const socket of pair) {
        socket.on('error', () => undefined);
        socket.on('close', () => {
          for (const other of pair) other.destroy();
          proxy.pairs.delete(pair);
        });
      }
    });
    return proxy;
  }

  /** Ends all connections as a dead network would; new ones are let through. */
  cut(): void {
    for (const [client, broker] of this.pairs) {
      client.resetAndDestroy();
      broker.destroy();
    }
  }

  /** Nothing passes any more, and nobody learns it. */
  freeze(): void {
    for (const [client, broker] of this.pairs) {
      client.unpipe(broker);
      broker.unpipe(client);
    }
  }

  /** Puts a frame into what the broker says; between two frames of its own only while it is silent. */
  say(frame: Buffer): void {
    for (const [client] of this.pairs) client.write(frame);
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A method frame on channel 0 (AMQP 0-9-1, 4.2.3). */
function methodFrame(classId: number, methodId: number, fields: Buffer): Buffer {
  const frame = Buffer.alloc(7 + 4 + fields.length + 1);
  frame.writeUInt8(1, 0);
  frame.writeUInt16BE(0, 1);
  frame.writeUInt32BE(4 + fields.length, 3);
  frame.writeUInt16BE(classId, 7);
  frame.writeUInt16BE(methodId, 9);
  fields.copy(frame, 11);
  frame.writeUInt8(0xce, frame.length - 1);
  return frame;
}

/** https://www.rabbitmq.com/docs/connection-blocked: what a broker low on memory or disk says to publishers. */
export const blockedFrame = methodFrame(10, 60, Buffer.from('\x09low on ram', 'latin1').subarray(0, 10));
export const unblockedFrame = methodFrame(10, 61, Buffer.alloc(0));
