import { DatabaseServiceConfig, describeConfig } from '@peyk/platform';
import { PROGRAMS, STORING_PROGRAMS, TALKING_PROGRAMS } from '../programs.mjs';
import type { Program } from '../programs.mjs';
import { hasSource, programConfigs } from './apps';

const hint = ':?see deploy/docker/make-env.sh';
/** What all programs are given in the same way, above. */
const commonKeys = new Set(describeConfig(DatabaseServiceConfig).map(({ key }) => key));
const seedingPrograms = PROGRAMS.filter(({ name }) => hasSource(name, 'seed.ts'));

/** The regions of docker-compose.yml. */
export function composeRegions(): Record<string, string> {
  return {
    environments: TALKING_PROGRAMS.map(environmentOf).join('\n\n'),
    'database passwords': STORING_PROGRAMS.map(({ prefix }) => {
      const key = `${prefix}_DATABASE_PASSWORD`;
      return `      ${key}: \${${key}${hint}}`;
    }).join('\n'),
    programs: [
      ...STORING_PROGRAMS.map(migrationOf),
      ...PROGRAMS.map(serviceOf),
      ...seedingPrograms.map(seedOf),
    ].join('\n\n'),
    users: usersOf(),
  };
}

/** What .env sets of a program: what is empty there has the default that .env.example shows. */
function environmentOf({ name, room, prefix, database, seals, container }: Program): string {
  const fixed = container?.environment ?? {};
  const own = describeConfig(programConfigs[name] ?? Object)
    .filter(({ key }) => !commonKeys.has(key) && key !== 'SEAL_KEYS')
    .filter(({ key }) => !(key in fixed) && !container?.without?.includes(key))
    .map(({ key, required }) => `${key}: \${${key}${required ? hint : ':-'}}`);
  const lines = [
    '<<: *environment',
    ...(database
      ? [
          `DATABASE_URL: postgresql://${database}:\${${prefix}_DATABASE_PASSWORD${hint}}@postgres:5432/${database}`,
        ]
      : []),
    `RABBITMQ_URL: amqp://${name}:\${${prefix}_RABBITMQ_PASSWORD${hint}}@rabbitmq:5672/peyk`,
    `SERVICE_KEY: \${${prefix}_SERVICE_KEY${hint}}`,
    ...(seals ? [`SEAL_KEYS: \${${prefix}_SEAL_KEYS${hint}}`] : []),
    ...Object.entries(fixed).map(([key, value]) => `${key}: ${value}`),
    ...own,
  ];
  return [`x-${room}-environment: &${room}-environment`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function migrationOf({ name, room }: Program): string {
  return `  migrate-${name}:
    <<: *command
    command: [dist/apps/${name}/src/migrate.js]
    environment: *${room}-environment
    depends_on: { postgres: { condition: service_healthy } }`;
}

function serviceOf({ name, room, talks, database, scales, container }: Program): string {
  const own = Object.entries({
    ...(!talks && { environment: { LOG_LEVEL: '${LOG_LEVEL:-info}', ...container?.environment } }),
    ...container?.service,
  });
  const waits = [
    ...(talks ? ['      rabbitmq: { condition: service_healthy }'] : []),
    ...(database ? [`      migrate-${name}: { condition: service_completed_successfully }`] : []),
  ];
  return [
    ...(scales ? ['  # Scales: nothing here belongs to one replica.'] : []),
    `  ${name}:`,
    '    <<: *program',
    `    command: [dist/apps/${name}/src/main.js]`,
    ...own.map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
    ...(talks ? [`    environment: *${room}-environment`] : []),
    ...(waits.length > 0 ? ['    depends_on:', ...waits] : []),
  ].join('\n');
}

/** Demo passwords are known to everybody: a seed refuses a production. */
function seedOf({ name, room, database }: Program): string {
  const after = database ? `migrate-${name}: { condition: service_completed_successfully }` : '';
  return `  seed-${name}:
    <<: *command
    profiles: [demo]
    command: [dist/apps/${name}/src/seed.js]
    environment: { <<: *${room}-environment, NODE_ENV: development }
    depends_on: { ${after} }`;
}

function usersOf(): string {
  const user = (name: string, prefix: string, tags: readonly string[]): string =>
    `          { "name": "${name}", "password_hash": "\${${prefix}RABBITMQ_HASH${hint}}", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": ${JSON.stringify(tags)} }`;
  const users = [
    user('peyk', '', ['administrator']),
    ...TALKING_PROGRAMS.map(({ name, prefix }) => user(name, `${prefix}_`, [])),
  ];
  return `  rabbitmq-users:
    content: |
      {
        "vhosts": [{ "name": "peyk" }],
        "users": [
${users.join(',\n')}
        ],
        "permissions": [{ "user": "peyk", "vhost": "peyk", "configure": ".*", "write": ".*", "read": ".*" }]
      }`;
}
