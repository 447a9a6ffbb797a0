import { generateKeyPairSync } from 'node:crypto';
import {
  ConfigError,
  DatabaseServiceConfig,
  describeConfig,
  EnvBool,
  EnvEnum,
  EnvInt,
  EnvString,
  EnvUrl,
  loadConfig,
  renderEnvExample,
  ServiceConfig,
  type Environment,
} from './config';

class BankConfig {
  @EnvString({ key: 'BANK_NAME', description: 'Name shown', min: 2, max: 5 })
  readonly name!: string;
  @EnvInt({ key: 'BANK_RETRIES', description: 'Tries', min: 0, max: 9, default: 3, unit: 'tries' })
  readonly retries!: number;
  @EnvBool({ key: 'BANK_LIVE', description: 'Real money', default: false })
  readonly live!: boolean;
  @EnvUrl({ key: 'BANK_URL', description: 'Address', schemes: ['https'] })
  readonly url!: string;
  @EnvEnum({ key: 'BANK_KIND', description: 'Protocol', values: ['soap', 'rest'], default: 'soap' })
  readonly kind!: 'soap' | 'rest';
  @EnvString({ key: 'BANK_SECRET', description: 'Key', min: 8, secret: true })
  readonly secret!: string;
  @EnvString({ key: 'BANK_NOTE', description: 'Remark', optional: true })
  readonly note?: string;
}
const good = { BANK_NAME: 'saman', BANK_URL: 'https://bank.test/x', BANK_SECRET: 'long enough' };

function problemsOf(env: Environment, type: new () => object = BankConfig): Record<string, string> {
  try {
    loadConfig(type, env);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map((p) => [p.key, p.reason]));
    throw error;
  }
  return {};
}

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const serviceKeys = {
  SERVICE_KEY: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  SERVICE_PUBLIC_KEYS: `billing:${pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
};

describe('loadConfig', () => {
  it('reads, converts and fills defaults', () => {
    const config = loadConfig(BankConfig, {
      ...good,
      BANK_RETRIES: ' 0 ',
      BANK_LIVE: 'TRUE',
      BANK_KIND: 'rest',
    });
    expect(config).toBeInstanceOf(BankConfig);
    expect({ ...config }).toEqual({
      name: 'saman',
      retries: 0,
      live: true,
      url: 'https://bank.test/x',
      kind: 'rest',
      secret: 'long enough',
      note: undefined,
    });
    expect(loadConfig(BankConfig, { ...good, BANK_RETRIES: '' }).retries).toBe(3);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names every wrong key with its reason at once', () => {
    const problems = problemsOf({
      BANK_NAME: 'x',
      BANK_RETRIES: '10',
      BANK_LIVE: 'maybe',
      BANK_URL: 'http://bank.test',
      BANK_KIND: 'xml',
    });
    expect(problems).toEqual({
      BANK_NAME: expect.stringContaining('at least 2 characters, not "x"') as string,
      BANK_RETRIES: expect.stringContaining('at most 9, not "10"') as string,
      BANK_LIVE: expect.stringContaining('true or false, not "maybe"') as string,
      BANK_URL: expect.stringContaining('begins with https://') as string,
      BANK_KIND: expect.stringContaining('one of soap, rest') as string,
      BANK_SECRET: expect.stringContaining('is required') as string,
    });
  });

  it.each(['1.5', '1e3', '0x10', 'NaN', '9007199254740993', '--1', '۱۲'])(
    'refuses %s as a whole number',
    (raw) => {
      expect(problemsOf({ ...good, BANK_RETRIES: raw })).toHaveProperty('BANK_RETRIES');
    },
  );

  it('never shows the value of a secret', () => {
    expect.assertions(3);
    try {
      loadConfig(ServiceConfig, {
        HEALTH_PORT: '1',
        SERVICE_KEY: 'hunter2',
        RABBITMQ_URL: 'http://user:hunter3@host',
      });
    } catch (error) {
      expect(String(error)).not.toMatch(/hunter/);
      expect(String(error)).toContain('SERVICE_KEY: must be the base64 of a private key');
      expect((error as Error).stack).not.toMatch(/hunter|\n {4}at /);
    }
  });

  it('lets a subclass replace the key and bounds of a property', () => {
    class Own extends ServiceConfig {
      @EnvInt({ key: 'OWN_PORT', description: 'Port', default: 4000 })
      override readonly healthPort!: number;
    }
    const env = { RABBITMQ_URL: 'amqp://a:b@127.0.0.1:5672/v', ...serviceKeys };
    expect(loadConfig(Own, env).healthPort).toBe(4000);
    expect(problemsOf(env, ServiceConfig)).toHaveProperty('HEALTH_PORT');
    expect(describeConfig(Own).map((key) => key.key)).toContain('OWN_PORT');
    expect(describeConfig(Own).map((key) => key.key)).not.toContain('HEALTH_PORT');
  });

  it('does not mix the keys of sibling classes', () => {
    expect(describeConfig(ServiceConfig).map((key) => key.key)).not.toContain('DATABASE_URL');
    expect(describeConfig(DatabaseServiceConfig).map((key) => key.key)).toEqual(
      expect.arrayContaining(['RABBITMQ_URL', 'DATABASE_URL']),
    );
  });
});

describe('renderEnvExample', () => {
  it('writes a shared key once, defaults as remarks and no secret', () => {
    class WithDefault extends ServiceConfig {
      @EnvString({ key: 'SIGNING_KEY', description: 'Key', default: 'do-not-print', secret: true })
      readonly signingKey!: string;
    }
    const text = renderEnvExample({ alpha: WithDefault, beta: ServiceConfig });
    expect(text.match(/^RABBITMQ_URL=$/gm)).toHaveLength(1);
    expect(text).toContain('## alpha, beta');
    expect(text).toContain('# LOG_LEVEL=info');
    expect(text).toContain('## alpha\n');
    expect(text).not.toContain('do-not-print');
  });
});
