import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { parseSealKeys } from './sealer';
import { parseServiceKey, parseServicePublicKeys } from './service-keys';

type ConfigType<T extends object> = new () => T;
export type Environment = Readonly<Record<string, string | undefined>>;

interface KeyOptions<V> {
  /** Name of the environment variable, e.g. `DATABASE_URL`. */
  readonly key: string;
  /** One line: what it does. Shown in `.env.example`. */
  readonly description: string;
  /** Used when the variable is missing or empty. A key without default must be given, unless `optional`. */
  readonly default?: V;
  readonly optional?: true;
  /** `ms`, `bytes`, `parts/s`, ... */
  readonly unit?: string;
  /** Its value never stands in an error message or in `.env.example`. */
  readonly secret?: true;
}
interface BoundOptions {
  /** Least value of a number, least length of a text. */
  readonly min?: number;
  /** Greatest value of a number, greatest length of a text. */
  readonly max?: number;
}

/** One row of `.env.example`. */
export interface ConfigKey extends BoundOptions {
  readonly key: string;
  readonly description: string;
  readonly kind: 'text' | 'whole number' | 'true or false' | 'URL' | 'choice';
  readonly required: boolean;
  readonly secret: boolean;
  /** As it would stand in the environment. */
  readonly default?: string;
  readonly unit?: string;
  /** Values of a choice, schemes of a URL. */
  readonly choices?: readonly string[];
}

interface Field extends ConfigKey {
  readonly property: string;
  readonly defaultValue: unknown;
  readonly parse: (raw: string) => unknown;
}

/** Names every wrong key with its reason. It has no stack: the reader is the person who sets the environment. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly { readonly key: string; readonly reason: string }[]) {
    super(`wrong configuration\n${problems.map(({ key, reason }) => `  ${key}: ${reason}`).join('\n')}`);
    this.name = 'ConfigError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

const fieldsByPrototype = new WeakMap<object, Map<string, Field>>();

/** Own and inherited fields; a subclass that declares a property again replaces its key. */
function fieldsOf(prototype: object): Map<string, Field> {
  const parent: unknown = Object.getPrototypeOf(prototype);
  const inherited = parent === Object.prototype || !parent ? new Map<string, Field>() : fieldsOf(parent);
  for (const [property, field] of fieldsByPrototype.get(prototype) ?? []) inherited.set(property, field);
  return inherited;
}

function declare<V>(
  options: KeyOptions<V> & BoundOptions,
  kind: ConfigKey['kind'],
  parse: (raw: string) => unknown,
  validators: readonly PropertyDecorator[],
  choices?: readonly string[],
): PropertyDecorator {
  return (prototype, property) => {
    const name = String(property);
    const required = options.default === undefined && !options.optional;
    const own = fieldsByPrototype.get(prototype) ?? new Map<string, Field>();
    fieldsByPrototype.set(prototype, own);
    own.set(name, {
      property: name,
      key: options.key,
      description: options.description,
      kind,
      required,
      secret: options.secret ?? false,
      defaultValue: options.default,
      default: options.default === undefined ? undefined : String(options.default),
      unit: options.unit,
      min: options.min,
      max: options.max,
      choices,
      parse,
    });
    const presence = required ? IsDefined({ message: 'is required' }) : IsOptional();
    for (const decorate of [presence, ...validators]) decorate(prototype, property);
  };
}

const wholeNumber = /^[+-]?\d{1,15}$/;

export function EnvString(options: KeyOptions<string> & BoundOptions): PropertyDecorator {
  const { min, max = 10_000 } = options;
  return declare(options, 'text', (raw) => raw, [
    IsString({ message: 'must be a text' }),
    MaxLength(max, { message: `must have at most ${max} characters` }),
    ...(min === undefined ? [] : [MinLength(min, { message: `must have at least ${min} characters` })]),
  ]);
}

export function EnvInt(options: KeyOptions<number> & BoundOptions): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  return declare(options, 'whole number', (raw) => (wholeNumber.test(raw) ? Number(raw) : raw), [
    Max(max, { message: `must be at most ${max}` }),
    Min(min, { message: `must be at least ${min}` }),
    IsInt({ message: 'must be a whole number' }),
  ]);
}

export function EnvBool(options: KeyOptions<boolean>): PropertyDecorator {
  const values: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };
  return declare(options, 'true or false', (raw) => values[raw.toLowerCase()] ?? raw, [
    IsBoolean({ message: 'must be true or false' }),
  ]);
}

/**
 * The value stays a string; `schemes` without colon, e.g. `['amqp', 'amqps']`. `files`: parameters of the query that name
 * files, which must be readable (certificates).
 */
export function EnvUrl(
  options: KeyOptions<string> & { schemes: readonly string[]; files?: readonly string[] },
): PropertyDecorator {
  const { files = [] } = options;
  const isUrl = (value: unknown): boolean =>
    typeof value === 'string' &&
    URL.canParse(value) &&
    options.schemes.includes(new URL(value).protocol.slice(0, -1));
  const message = `must be a URL that begins with ${options.schemes.map((s) => `${s}://`).join(' or ')}`;
  const validator = ValidateBy(
    { name: 'isUrlOf', validator: { validate: isUrl, defaultMessage: () => message } },
    { message },
  );
  const unreadable = (value: unknown): string | undefined =>
    isUrl(value)
      ? files.find((name) => isUnreadable(new URL(String(value)).searchParams.get(name)))
      : undefined;
  const readable = ValidateBy({
    name: 'namesFiles',
    validator: {
      validate: (value) => unreadable(value) === undefined,
      defaultMessage: (given) =>
        `${unreadable(given?.value) ?? 'a parameter'} names no file that can be read`,
    },
  });
  return declare(options, 'URL', (raw) => raw, [readable, validator], options.schemes);
}

function isUnreadable(path: string | null): boolean {
  if (path === null) return false;
  try {
    readFileSync(path);
    return false;
  } catch {
    return true;
  }
}

/** A text that `parse` reads without an error, whose message says what is wrong; the value stays a string. */
function EnvParsed(options: KeyOptions<string>, parse: (text: string) => unknown): PropertyDecorator {
  const problemOf = (value: unknown): string | undefined => {
    try {
      parse(String(value));
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const validator = ValidateBy({
    name: 'isParsed',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (given) => problemOf(given?.value) ?? 'is wrong',
    },
  });
  return declare(options, 'text', (raw) => raw, [validator]);
}

/** SEAL_KEYS of a program that seals what it stores; the value stays a string, for `Sealer`. */
export function EnvSealKeys(): PropertyDecorator {
  return EnvParsed(
    {
      key: 'SEAL_KEYS',
      description:
        'Keys that seal what is stored, <version>:<base64 of 32 bytes> with commas between: the first seals, all unseal',
      secret: true,
    },
    parseSealKeys,
  );
}

export function EnvEnum<V extends string>(
  options: KeyOptions<V> & { values: readonly V[] },
): PropertyDecorator {
  return declare(
    options,
    'choice',
    (raw) => raw,
    [IsIn([...options.values], { message: `must be one of ${options.values.join(', ')}` })],
    options.values,
  );
}

/**
 * The one way to get settings: reads a configuration class from the environment. An empty variable counts as missing. The
 * result is frozen.
 * @throws ConfigError with every wrong key and the reason; a secret's value is never in it.
 */
export function loadConfig<T extends object>(type: ConfigType<T>, env: Environment = process.env): T {
  const config = new type();
  const fields = fieldsOf(type.prototype as object);
  for (const { key, property, defaultValue, parse } of fields.values()) {
    const raw = env[key]?.trim();
    Object.assign(config, { [property]: raw === undefined || raw === '' ? defaultValue : parse(raw) });
  }
  const problems = validateSync(config, { stopAtFirstError: true }).map((error) => {
    const field = fields.get(error.property);
    if (!field) throw new Error(`${type.name}.${error.property} is not a declared key`);
    const rule = Object.values(error.constraints ?? {})[0] ?? 'is wrong';
    const given =
      error.value === undefined || field.secret ? '' : `, not "${String(error.value).slice(0, 60)}"`;
    return { key: field.key, reason: `${rule}${given} (${field.description})` };
  });
  if (problems.length > 0) throw new ConfigError(problems);
  if (config instanceof ServiceConfig && config.nodeEnv === 'production') {
    const unsafe = config.unsafeInProduction();
    if (unsafe.length > 0) throw new ConfigError(unsafe);
  }
  return Object.freeze(config);
}

/** The same for a command that runs and ends: it answers no health port, so none has to be given. @throws ConfigError */
export function loadCommandConfig<T extends object>(type: ConfigType<T>, env: Environment = process.env): T {
  return loadConfig(type, { HEALTH_PORT: '0', ...env });
}

/** What a config class gives where nothing is set, by property; undefined where there is no default. */
export function configDefaults(type: ConfigType<object>): Readonly<Record<string, unknown>> {
  const fields = [...fieldsOf(type.prototype as object)];
  return Object.fromEntries(fields.map(([property, { defaultValue }]) => [property, defaultValue]));
}

/** The keys a config class reads, in the order of their declaration, the base class first. */
export function describeConfig(type: ConfigType<object>): ConfigKey[] {
  return [...fieldsOf(type.prototype as object).values()].map(
    ({ property: _property, defaultValue: _defaultValue, parse: _parse, ...key }) => key,
  );
}

/**
 * Text of `.env.example`: keys that programs share stand once, above; then each program's own.
 * @param programs program name -> its config class
 */
export function renderEnvExample(programs: Readonly<Record<string, ConfigType<object>>>): string {
  const users = new Map<string, { key: ConfigKey; programs: string[] }>();
  for (const [program, type] of Object.entries(programs)) {
    for (const key of describeConfig(type)) {
      const identity = JSON.stringify(key);
      const entry = users.get(identity) ?? { key, programs: [] };
      entry.programs.push(program);
      users.set(identity, entry);
    }
  }
  const sections = new Map<string, ConfigKey[]>();
  for (const { key, programs: names } of users.values()) {
    const title = names.join(', ');
    sections.set(title, [...(sections.get(title) ?? []), key]);
  }
  const ordered = [...sections].sort(([a], [b]) => b.split(', ').length - a.split(', ').length);
  const head = '# Every key that a program reads. A line that begins with "# KEY=" shows the default.\n';
  return head + ordered.map(([title, keys]) => `\n## ${title}\n\n${keys.map(renderKey).join('\n')}`).join('');
}

function renderKey(key: ConfigKey): string {
  const facts = [
    key.choices && key.kind === 'choice' ? key.choices.join(' | ') : key.kind,
    key.unit,
    key.min === undefined ? undefined : `least ${key.min}${key.kind === 'text' ? ' characters' : ''}`,
    key.max === undefined ? undefined : `most ${key.max}${key.kind === 'text' ? ' characters' : ''}`,
    key.required ? 'required' : undefined,
    key.secret ? 'secret' : undefined,
  ].filter((fact) => fact !== undefined);
  const value = key.secret ? '' : (key.default ?? '');
  return `# ${key.description} (${facts.join('; ')})\n${key.required ? '' : '# '}${key.key}=${value}\n`;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevelName = (typeof logLevels)[number];

/** A setting that is right by itself, and not safe as it stands in a production. */
export interface UnsafeSetting {
  readonly key: string;
  readonly reason: string;
}

const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv4');
privateNetworks.addAddress('::1', 'ipv6');
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

const knownPasswords = ['guest', 'postgres', 'peyk', 'peyk-sim', 'password', 'admin', 'secret', 'changeme'];

/** Of a URL with user and password; a database may let in by other means, RabbitMQ takes `guest` where none is given. */
export function unsafePassword(key: string, url: string, isNeeded: boolean): UnsafeSetting[] {
  const password = decodeURIComponent(new URL(url).password);
  if (knownPasswords.includes(password)) return [{ key, reason: 'has a password that everybody knows' }];
  return isNeeded && password === '' ? [{ key, reason: 'has no password, so that of guest is taken' }] : [];
}

/**
 * Where a server is so far away that what is said to it must not be readable on the way: not on this machine, not at a
 * private address, not by a name without dots (a network of containers) or of a private zone.
 */
function isFar(url: URL): boolean {
  const host = (url.searchParams.get('host') ?? url.hostname).replace(/^\[|\]$/g, '');
  // A socket of this machine.
  if (host === '' || host.startsWith('/')) return false;
  const version = isIP(host);
  if (version !== 0) return !privateNetworks.check(host, version === 6 ? 'ipv6' : 'ipv4');
  return host.includes('.') && !/\.(local|internal|localhost)$/.test(host);
}

/** Of a server's URL: TLS with a certificate that is checked, or near. */
export function unsafeTransport(
  key: string,
  url: string,
  { tls, how }: { tls: (url: URL) => boolean; how: string },
): UnsafeSetting[] {
  const parsed = new URL(url);
  return tls(parsed) || !isFar(parsed)
    ? []
    : [{ key, reason: `is readable on the way to another network: ${how}` }];
}

/** What must not go over the wire readable, or to a simulator. */
export function unsafeUrl(key: string, url: string | undefined): UnsafeSetting[] {
  if (url === undefined) return [];
  const { protocol, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]', 'simulators'].includes(hostname);
  if (isHere) return [{ key, reason: 'is a simulator, or this machine' }];
  return protocol === 'http:' ? [{ key, reason: 'must begin with https://' }] : [];
}

/** Files that a URL of RabbitMQ may name, as in RabbitMQ's own URIs. */
export const brokerUrlFiles = ['cacertfile', 'certfile', 'keyfile'] as const;
/** The same of PostgreSQL, as in libpq's. */
export const databaseUrlFiles = ['sslrootcert', 'sslcert', 'sslkey'] as const;

/** What every program reads. */
export class ServiceConfig {
  @EnvEnum({
    key: 'NODE_ENV',
    description: 'Kind of installation',
    values: ['production', 'development', 'test'],
    default: 'development',
  })
  readonly nodeEnv!: 'production' | 'development' | 'test';

  @EnvEnum({
    key: 'LOG_LEVEL',
    description: 'Least level that is logged',
    values: logLevels,
    default: 'info',
  })
  readonly logLevel!: LogLevelName;

  @EnvString({
    key: 'HEALTH_HOST',
    description: 'Address where health and metrics are answered',
    default: '127.0.0.1',
  })
  readonly healthHost!: string;

  @EnvBool({
    key: 'HEALTH_PRIVATE_NETWORK',
    description:
      'HEALTH_HOST may be all addresses in a production: strangers do not reach them (a network of containers)',
    default: false,
  })
  readonly healthPrivateNetwork!: boolean;

  @EnvInt({ key: 'HEALTH_PORT', description: 'Port of health and metrics', min: 0, max: 65_535 })
  readonly healthPort!: number;

  @EnvUrl({
    key: 'RABBITMQ_URL',
    description:
      "RabbitMQ, with this program's own user; amqps:// is TLS, ?cacertfile= its authority, ?certfile= and keyfile= a certificate of ours",
    schemes: ['amqp', 'amqps'],
    files: brokerUrlFiles,
    secret: true,
  })
  readonly rabbitmqUrl!: string;

  @EnvParsed(
    {
      key: 'SERVICE_KEY',
      description:
        'Signs what this program asks of others: its own private key, base64 of PKCS 8 DER (P-256)',
      secret: true,
    },
    parseServiceKey,
  )
  readonly serviceKey!: string;

  @EnvParsed(
    {
      key: 'SERVICE_PUBLIC_KEYS',
      description: 'Public keys of all programs, <program>:<base64 of SPKI DER> with commas between',
    },
    parseServicePublicKeys,
  )
  readonly servicePublicKeys!: string;

  /** Settings that a production refuses, by name; `loadConfig` throws them. A subclass adds its own. */
  unsafeInProduction(): UnsafeSetting[] {
    const { healthHost, healthPrivateNetwork, rabbitmqUrl } = this;
    const version = isIP(healthHost);
    const isPublic = version !== 0 && !privateNetworks.check(healthHost, version === 6 ? 'ipv6' : 'ipv4');
    return [
      ...(isPublic && !healthPrivateNetwork
        ? [
            {
              key: 'HEALTH_HOST',
              reason:
                'shows /metrics to strangers: an address of this machine or network, or HEALTH_PRIVATE_NETWORK',
            },
          ]
        : []),
      ...unsafePassword('RABBITMQ_URL', rabbitmqUrl, true),
      ...unsafeTransport('RABBITMQ_URL', rabbitmqUrl, {
        tls: ({ protocol }) => protocol === 'amqps:',
        how: 'it must begin with amqps://',
      }),
    ];
  }
}

/** A program that owns a database. */
export class DatabaseServiceConfig extends ServiceConfig {
  @EnvUrl({
    key: 'DATABASE_URL',
    description:
      "PostgreSQL database of this program, nobody else's; ?sslmode=verify-full is TLS, sslrootcert= its authority, sslcert= and sslkey= a certificate of ours",
    schemes: ['postgres', 'postgresql'],
    files: databaseUrlFiles,
    secret: true,
  })
  readonly databaseUrl!: string;

  @EnvInt({
    key: 'DATABASE_POOL_MAX',
    description: 'Greatest number of connections to PostgreSQL',
    unit: 'connections',
    default: 10,
    min: 1,
    max: 100,
  })
  readonly databasePoolMax!: number;

  override unsafeInProduction(): UnsafeSetting[] {
    return [
      ...super.unsafeInProduction(),
      ...unsafePassword('DATABASE_URL', this.databaseUrl, false),
      ...unsafeTransport('DATABASE_URL', this.databaseUrl, {
        tls: ({ searchParams }) => searchParams.get('sslmode') === 'verify-full',
        how: 'it must have sslmode=verify-full',
      }),
    ];
  }
}
