import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDataSource } from '@peyk/database';
import { Broker, DeadLetters } from '@peyk/messaging';
import { createLogger } from '@peyk/platform';
import { Client } from 'pg';
import { ownsPostgres, testServers } from '@peyk/testing';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

jest.setTimeout(120_000);

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'peyk-tls-'));
const at = (name: string): string => join(folder, name);

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

function makeAuthority(name: string): void {
  const subject = ['-subj', `/CN=${name}`, '-days', '2'];
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    at(`${name}.key`),
  ];
  openssl('req', '-x509', ...key, '-out', at(`${name}.pem`), ...subject);
}

/** A certificate of this machine's loopback, signed by `ours`. */
function makeCertificate(name: string): void {
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    at(`${name}.key`),
  ];
  openssl('req', '-new', ...key, '-out', at(`${name}.csr`), '-subj', `/CN=${name}`);
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const by = ['-CA', at('ours.pem'), '-CAkey', at('ours.key'), '-CAcreateserial', '-days', '2'];
  openssl(
    'x509',
    '-req',
    '-in',
    at(`${name}.csr`),
    ...by,
    '-extfile',
    at('names'),
    '-out',
    at(`${name}.pem`),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(() => {
  makeAuthority('ours');
  makeAuthority('strangers');
  makeCertificate('server');
  makeCertificate('client');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('5.2 RabbitMQ under TLS', () => {
  const dir = join(folder, 'state');
  let url: URL;
  const manage = (act: string): Promise<unknown> =>
    promisify(execFile)(process.execPath, [join(root, 'deploy/local/servers.mjs'), dir, 'rabbitmq', act], {
      timeout: 90_000,
    });

  beforeAll(async () => {
    const port = await freePort();
    mkdirSync(join(dir, 'rabbitmq', 'conf.d'), { recursive: true });
    writeFileSync(
      join(dir, 'rabbitmq', 'conf.d', '10-tls.conf'),
      [
        `listeners.ssl.1 = 127.0.0.1:${port}`,
        `ssl_options.cacertfile = ${at('ours.pem')}`,
        `ssl_options.certfile = ${at('server.pem')}`,
        `ssl_options.keyfile = ${at('server.key')}`,
        'ssl_options.verify = verify_peer',
        'ssl_options.fail_if_no_peer_cert = true',
        '',
      ].join('\n'),
    );
    await manage('start');
    const { rabbitPassword } = JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8')) as {
      rabbitPassword: string;
    };
    url = new URL(`amqps://peyk:${rabbitPassword}@127.0.0.1:${port}/peyk`);
  });
  afterAll(() => manage('kill'));

  function urlWith(files: Readonly<Record<string, string>>): string {
    const own = new URL(url);
    for (const [name, file] of Object.entries(files)) own.searchParams.set(name, at(file));
    return own.href;
  }
  const client = { certfile: 'client.pem', keyfile: 'client.key' };

  it('is used with the right authority and a certificate of ours', async () => {
    const right = urlWith({ cacertfile: 'ours.pem', ...client });
    const broker = new Broker(right, 'spec', createLogger('spec', { level: 'fatal' }));
    await broker.ready(20_000);
    await broker.close();
    const letters = await DeadLetters.connect(right);
    expect(await letters.counts()).toEqual([]);
    await letters.close();
  });

  it.each([
    ['another authority', { cacertfile: 'strangers.pem', ...client }],
    ['the authorities of Node', client],
    ['no certificate of ours', { cacertfile: 'ours.pem' }],
  ])('is refused with %s', async (_what, files) => {
    await expect(DeadLetters.connect(urlWith(files))).rejects.toThrow(
      /certificate|alert|closed|self-signed|ECONNRESET/i,
    );
  });
});

// A server that the user named is left as it is.
(ownsPostgres() ? describe : describe.skip)('5.2 PostgreSQL under TLS', () => {
  let admin: Client;
  const settings = ['ssl', 'ssl_cert_file', 'ssl_key_file'] as const;

  beforeAll(async () => {
    admin = new Client({ connectionString: testServers().databaseUrl });
    await admin.connect();
    const { rows } = await admin.query<{ data_directory: string }>('SHOW data_directory');
    const data = rows[0]?.data_directory ?? '';
    for (const name of ['server.pem', 'server.key']) {
      copyFileSync(at(name), join(data, name));
      chmodSync(join(data, name), 0o600);
      if (process.getuid?.() === 0) {
        const [uid, gid] = ['-u', '-g'].map((of) =>
          Number(execFileSync('id', [of, 'nobody'], { encoding: 'utf8' })),
        );
        chownSync(join(data, name), uid ?? 0, gid ?? 0);
      }
    }
    await admin.query(`ALTER SYSTEM SET ssl_cert_file = 'server.pem'`);
    await admin.query(`ALTER SYSTEM SET ssl_key_file = 'server.key'`);
    await admin.query('ALTER SYSTEM SET ssl = on');
    await admin.query('SELECT pg_reload_conf()');
  });
  afterAll(async () => {
    for (const name of settings) await admin.query(`ALTER SYSTEM RESET ${name}`);
    await admin.query('SELECT pg_reload_conf()');
    await admin.end();
  });

  async function isEncrypted(sslmode: string, authority?: string): Promise<boolean> {
    const url = new URL(testServers().databaseUrl);
    url.searchParams.set('sslmode', sslmode);
    if (authority) url.searchParams.set('sslrootcert', at(authority));
    const source = createDataSource({
      url: url.href,
      entities: [],
      migrations: [],
      poolMax: 1,
      applicationName: 'peyk-spec',
    });
    await source.initialize();
    try {
      const [row] = await source.query<{ ssl: boolean }[]>(
        'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
      );
      return row?.ssl ?? false;
    } finally {
      await source.destroy();
    }
  }

  it('is used with the right authority, and refused with another one', async () => {
    expect(await isEncrypted('verify-full', 'ours.pem')).toBe(true);
    await expect(isEncrypted('verify-full', 'strangers.pem')).rejects.toThrow(/certificate|self-signed/i);
    await expect(isEncrypted('verify-full')).rejects.toThrow(/certificate|self-signed/i);
    expect(await isEncrypted('disable')).toBe(false);
  });
});
