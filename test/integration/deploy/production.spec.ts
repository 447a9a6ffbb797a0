import { ConfigError, loadConfig } from '@peyk/platform';
import { testServiceEnv } from '@peyk/testing';
import { programConfigs } from '../../../deploy/generate/apps';

const safe = {
  NODE_ENV: 'production',
  HEALTH_PORT: '9100',
  RABBITMQ_URL: 'amqps://gateway:c0ffee00@rabbit.example:5671/peyk',
  DATABASE_URL: 'postgresql://peyk:c0ffee01@db.example:5432/peyk?sslmode=verify-full',
  ...testServiceEnv('api-gateway'),
  SEAL_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
  HASH_SECRET: 'c0ffee02'.repeat(4),
};
const mellat = { MELLAT_TERMINAL_ID: '7', MELLAT_USER: 'u', MELLAT_PASSWORD: 'c0ffee03' };
const publicUrl = { PUBLIC_URL: 'https://sms.example' };

function refusedOf(program: string, env: Readonly<Record<string, string>>): string[] {
  const config = programConfigs[program];
  if (!config) throw new Error(`no configuration of ${program}`);
  try {
    loadConfig(config, { ...safe, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ key }) => key);
    throw error;
  }
}

describe('6.4 a production started with settings that are not safe together', () => {
  const refused: readonly (readonly [
    what: string,
    program: string,
    env: Record<string, string>,
    key: string,
  ])[] = [
    ['metrics on a public address', 'identity', { HEALTH_HOST: '203.0.113.5' }, 'HEALTH_HOST'],
    ['metrics on all addresses', 'billing', { HEALTH_HOST: '0.0.0.0' }, 'HEALTH_HOST'],
    ['metrics on all addresses of IPv6', 'sms-gateway', { HEALTH_HOST: '::' }, 'HEALTH_HOST'],
    ["RabbitMQ's guest", 'api-gateway', { RABBITMQ_URL: 'amqp://guest:guest@rabbit/' }, 'RABBITMQ_URL'],
    [
      'RabbitMQ without a password',
      'sms-dispatch-worker',
      { RABBITMQ_URL: 'amqp://rabbit/' },
      'RABBITMQ_URL',
    ],
    [
      'a database password that all know',
      'campaign-targeting',
      { DATABASE_URL: 'postgresql://peyk:postgres@db/peyk' },
      'DATABASE_URL',
    ],
    [
      'RabbitMQ of another network without TLS',
      'identity',
      { RABBITMQ_URL: 'amqp://gateway:c0ffee00@rabbit.example/peyk' },
      'RABBITMQ_URL',
    ],
    [
      'RabbitMQ at a public address without TLS',
      'sms-dispatch-worker',
      { RABBITMQ_URL: 'amqp://gateway:c0ffee00@203.0.113.5/peyk' },
      'RABBITMQ_URL',
    ],
    [
      'a database of another network without TLS',
      'sms-gateway',
      { DATABASE_URL: 'postgresql://peyk:c0ffee01@db.example/peyk' },
      'DATABASE_URL',
    ],
    [
      'a database of another network whose certificate is not checked',
      'billing',
      { DATABASE_URL: 'postgresql://peyk:c0ffee01@203.0.113.5/peyk?sslmode=no-verify' },
      'DATABASE_URL',
    ],
    ['https at a proxy that is not named', 'api-gateway', { PUBLIC_HTTPS: 'true' }, 'TRUST_PROXY'],
    ['every address as a proxy', 'api-gateway', { TRUST_PROXY: '10.0.0.1, 0.0.0.0/0' }, 'TRUST_PROXY'],
    [
      'a panel over http behind https',
      'api-gateway',
      { PUBLIC_HTTPS: 'true', TRUST_PROXY: '10.0.0.1', PANEL_URL: 'http://sms.example' },
      'PANEL_URL',
    ],
    ['payers sent back over http', 'billing', { ...mellat, PUBLIC_URL: 'http://sms.example' }, 'PUBLIC_URL'],
    ['payers sent back to this machine', 'billing', mellat, 'PUBLIC_URL'],
    [
      'the simulated bank',
      'billing',
      { ...mellat, ...publicUrl, MELLAT_WSDL_URL: 'http://simulators:2783/pgw?wsdl' },
      'MELLAT_WSDL_URL',
    ],
    [
      'the payment page of the simulated bank',
      'billing',
      { ...mellat, ...publicUrl, MELLAT_START_URL: 'http://127.0.0.1:2783/startpay.mellat' },
      'MELLAT_START_URL',
    ],
    [
      "the simulated bank's password",
      'billing',
      { ...mellat, ...publicUrl, MELLAT_PASSWORD: 'peyk-sim' },
      'MELLAT_PASSWORD',
    ],
    [
      'a simulated Zarinpal',
      'billing',
      {
        ...publicUrl,
        ZARINPAL_MERCHANT_ID: '00000000-0000-4000-8000-000000000001',
        ZARINPAL_URL: 'http://127.0.0.1:2784',
      },
      'ZARINPAL_URL',
    ],
    [
      'a simulated Bale',
      'identity',
      { BALE_BOT_TOKEN: '1:t', BALE_API_URL: 'http://127.0.0.1:2781' },
      'BALE_API_URL',
    ],
    ["the simulator's bot", 'identity', { BALE_BOT_TOKEN: '1:peyk-sim' }, 'BALE_BOT_TOKEN'],
    [
      'a readable Safir',
      'identity',
      { SAFIR_CLIENT_ID: 'x', SAFIR_URL: 'http://safir.example' },
      'SAFIR_URL',
    ],
    ["the simulator's Safir", 'identity', { SAFIR_CLIENT_SECRET: 'peyk-sim' }, 'SAFIR_CLIENT_SECRET'],
  ];

  it.each(refused)('is refused by name: %s', (_what, program, env, key) => {
    expect(refusedOf(program, env)).toEqual([key]);
    // Only there: a developer and the tests may.
    expect(refusedOf(program, { ...env, NODE_ENV: 'development' })).toEqual([]);
  });

  it('starts where all is safe, and on the addresses of a network of containers', () => {
    for (const program of Object.keys(programConfigs)) {
      expect([program, refusedOf(program, publicUrl)]).toEqual([program, []]);
      const inside = { ...publicUrl, HEALTH_HOST: '0.0.0.0', HEALTH_PRIVATE_NETWORK: 'true' };
      expect([program, refusedOf(program, inside)]).toEqual([program, []]);
    }
    for (const host of ['127.0.0.1', '[::1]', '10.1.2.3', 'rabbitmq', 'mq.peyk.svc.cluster.local']) {
      const near = {
        ...publicUrl,
        RABBITMQ_URL: `amqp://gateway:c0ffee00@${host}/peyk`,
        DATABASE_URL: `postgresql://peyk:c0ffee01@${host}/peyk`,
      };
      expect([host, refusedOf('billing', near)]).toEqual([host, []]);
    }
    const https = { PUBLIC_HTTPS: 'true', TRUST_PROXY: '10.0.0.1', PANEL_URL: 'https://sms.example' };
    expect(refusedOf('api-gateway', https)).toEqual([]);
    expect(refusedOf('billing', { ...mellat, ...publicUrl })).toEqual([]);
  });

  it('5.2 names a file of a certificate that cannot be read', () => {
    const missing = '?cacertfile=/nowhere/ca.pem';
    const config = programConfigs['identity'];
    if (!config) throw new Error('no identity');
    const env = { ...safe, RABBITMQ_URL: `${safe.RABBITMQ_URL}${missing}` };
    expect(() => loadConfig(config, env)).toThrow('RABBITMQ_URL: cacertfile names no file that can be read');
  });

  it('says the key and never the secret', () => {
    const config = programConfigs['billing'];
    if (!config) throw new Error('no billing');
    expect(() => loadConfig(config, { ...safe, RABBITMQ_URL: 'amqp://guest:guest@rabbit/' })).toThrow(
      'RABBITMQ_URL: has a password that everybody knows',
    );
  });
});
