import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testServers } from '@peyk/testing';

const root = join(__dirname, '../../..');

/** A RabbitMQ that may be killed: the one of `npm test` where it says how, else one made for the spec. */
export class OwnBroker {
  private constructor(
    readonly url: string,
    private readonly manage: readonly string[],
    private readonly dir: string | undefined,
  ) {}

  static async start(): Promise<OwnBroker> {
    const manage = process.env['TEST_RABBITMQ_MANAGE'];
    if (manage) return new OwnBroker(testServers().rabbitmqUrl, JSON.parse(manage) as string[], undefined);
    const dir = mkdtempSync(join(tmpdir(), 'peyk-broker-'));
    const command = [process.execPath, join(root, 'deploy/local/servers.mjs'), dir, 'rabbitmq'];
    await act(command, 'start');
    const read = (file: string): Record<string, unknown> =>
      JSON.parse(readFileSync(join(dir, file), 'utf8')) as Record<string, unknown>;
    const url = `amqp://peyk:${String(read('secrets.json')['rabbitPassword'])}@127.0.0.1:${String(read('ports.json')['amqp'])}/peyk`;
    return new OwnBroker(url, command, dir);
  }

  /** kill -9 */
  kill(): Promise<void> {
    return act(this.manage, 'kill');
  }

  /** On the same port, with what it had on disk. */
  restart(): Promise<void> {
    return act(this.manage, 'start');
  }

  async end(): Promise<void> {
    if (!this.dir) return;
    await act(this.manage, 'stop');
    rmSync(this.dir, { recursive: true, force: true });
  }
}

async function act([file = '', ...args]: readonly string[], what: string): Promise<void> {
  await promisify(execFile)(file, [...args, what], { timeout: 90_000 });
}
