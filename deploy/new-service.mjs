// npm run new:service -- NAME [ROOM]: lays down a service that starts, connects and is healthy, and does nothing yet.
// NAME is its folder below apps/ (kebab-case); ROOM its one word in contracts and database, by default the first word of
// NAME. Prints every path that it touches. Nothing is written when something does not fit.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROGRAMS } from './programs.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const EARLIEST_MIGRATION = 1_790_000_001_000;

/** @param {string} word */
const capital = (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/**
 * @param {string} name
 * @param {string} room
 * @returns {Record<string, string>} text of each new file
 */
function newFiles(name, room) {
  const Room = capital(room);
  const migration = `Create${Room}${EARLIEST_MIGRATION}`;
  const migrationFile = `${EARLIEST_MIGRATION}-create-${room}`;
  const app = `apps/${name}`;
  const contracts = `libs/contracts/src/${room}`;
  return {
    [`${app}/tsconfig.json`]: readFileSync(join(ROOT, 'apps/billing/tsconfig.json'), 'utf8'),
    [`${app}/README.md`]: `# ${name}

- **Owns**: nothing yet.
- **Answers**: nothing yet; its contracts are \`libs/contracts/src/${room}\`.
- **Folders**: one for each noun.
`,
    [`${app}/src/main.ts`]: `import { runService } from '@peyk/messaging';
import { ${Room}Config } from './config';
import { ${room}Module } from './${room}.module';

runService({ name: '${name}', serves: '${room}', config: ${Room}Config, module: ${room}Module });
`,
    [`${app}/src/config.ts`]: `import { DatabaseServiceConfig } from '@peyk/platform';

/** What ${name} reads from its environment. */
export class ${Room}Config extends DatabaseServiceConfig {}
`,
    [`${app}/src/${room}.module.ts`]: `import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { ${Room}Config } from './config';
import { databaseOptions } from './data-source';

/** The program over one database and one broker connection; a class of its own each time. */
export function ${room}Module(config: ${Room}Config, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    providers: [{ provide: ${Room}Config, useValue: config }],
  })
  class ${Room}Module {}
  return ${Room}Module;
}
`,
    [`${app}/src/data-source.ts`]: `import type { DatabaseOptions } from '@peyk/database';
import { AddInboxAge1790000021000, CreateMessaging1790000000000, messagingEntities } from '@peyk/messaging';
import type { ${Room}Config } from './config';
import { ${migration} } from './migrations/${migrationFile}';

/** The database of ${name}: for the program, its commands and its tests. */
export function databaseOptions(
  config: Pick<${Room}Config, 'databaseUrl' | 'databasePoolMax'>,
): DatabaseOptions {
  return {
    url: config.databaseUrl,
    poolMax: config.databasePoolMax,
    applicationName: '${name}',
    entities: [...messagingEntities],
    migrations: [CreateMessaging1790000000000, AddInboxAge1790000021000, ${migration}],
  };
}
`,
    [`${app}/src/migrations/${migrationFile}.ts`]: `import type { MigrationInterface } from 'typeorm';

export class ${migration} implements MigrationInterface {
  /** Its first tables belong here; each needs a life in retention.ts. */
  async up(): Promise<void> {}

  async down(): Promise<void> {}
}
`,
    [`${app}/src/migrate.ts`]: `import { runMigrateCommand } from '@peyk/database';
import { ${Room}Config } from './config';
import { databaseOptions } from './data-source';

runMigrateCommand({ program: '${name}', config: ${Room}Config, database: databaseOptions });
`,
    [`${app}/src/retention.ts`]: `import type { TableLives } from '@peyk/database';
import { messagingLives } from '@peyk/messaging';

/** How long what ${name} stores lives (docs/retention.md). */
export function ${room}Lives(): TableLives {
  return { ...messagingLives };
}
`,
    [`${app}/src/prune.ts`]: `import { runPruneCommand } from '@peyk/database';
import { ${Room}Config } from './config';
import { databaseOptions } from './data-source';
import { ${room}Lives } from './retention';

runPruneCommand({ program: '${name}', config: ${Room}Config, database: databaseOptions }, () =>
  ${room}Lives(),
);
`,
    [`${contracts}/index.ts`]: `export * from './errors';
export * from './events';
export * from './permissions';
export * from './rpcs';
export * from './subscriptions';
`,
    [`${contracts}/errors.ts`]: `import type { ErrorEntry } from '../core/error-entry';

export const ${room}Errors = {} as const satisfies Readonly<Record<string, ErrorEntry>>;
`,
    [`${contracts}/events.ts`]: `import type { EventsOf } from '../core/define';

export const ${room}Events = {} satisfies EventsOf<'${room}'>;
`,
    [`${contracts}/permissions.ts`]: `import type { Permissions } from '../core/permission';

export const ${room}Permissions = {} as const satisfies Permissions<'${room}'>;
`,
    [`${contracts}/rpcs.ts`]: `import { rpcsOf } from '../core/define';

/** Each noun has a file of its own, \`<noun>.rpc.ts\`. */
export const ${room}Rpcs = rpcsOf('${room}', {});
`,
    [`${contracts}/subscriptions.ts`]: `import type { Subscription } from '../core/subscription';

/** What ${name} listens to; each queue is \`${name}.<purpose>\`. */
export const ${room}Subscriptions: Readonly<Record<string, Subscription>> = {};
`,
    [`test/integration/${name}/service.spec.ts`]: `import { NestFactory } from '@nestjs/core';
import { HealthRegistry, loadCommandConfig } from '@peyk/platform';
import { migratedDatabase, testMessaging, testServers, testServiceEnv } from '@peyk/testing';
import { ${Room}Config } from '../../../apps/${name}/src/config';
import { databaseOptions } from '../../../apps/${name}/src/data-source';
import { ${room}Module } from '../../../apps/${name}/src/${room}.module';

describe('${name}', () => {
  it('starts on its database and the broker, and is healthy', async () => {
    const database = await migratedDatabase((databaseUrl) =>
      databaseOptions({ databaseUrl, databasePoolMax: 2 }),
    );
    const config = loadCommandConfig(${Room}Config, {
      DATABASE_URL: database.url,
      RABBITMQ_URL: testServers().rabbitmqUrl,
      ...testServiceEnv('${name}'),
    });
    const app = await NestFactory.createApplicationContext(
      ${room}Module(config, await testMessaging('${name}')),
      { logger: ['fatal'], abortOnError: false },
    );
    try {
      const registry = app.get(HealthRegistry, { strict: false });
      expect(await registry.readiness()).toMatchObject({ ready: true });
    } finally {
      await app.close();
      await database.drop();
    }
  });
});
`,
  };
}

/**
 * @param {string} name
 * @param {string} room
 * @returns {Record<string, (text: string) => string>} what changes in each file that is there
 */
function changedFiles(name, room) {
  return {
    'deploy/programs.mjs': before("  {\n    name: 'api-gateway',", rowOf(name, room)),
    'libs/contracts/src/contracts.ts': both(
      before(
        '\n// All contracts of the platform',
        `import { ${room}Events } from './${room}/events';\nimport { ${room}Rpcs } from './${room}/rpcs';\n`,
      ),
      before('{ links: dispatchLinksRpc }', `${room}Rpcs, `),
      before('].flatMap((room)', `  ${room}Events,\n`),
    ),
    'libs/contracts/src/errors.ts': both(
      before('\n/**\n * The one table', `import { ${room}Errors } from './${room}/errors';\n`),
      before('};\n/** A code that two', `  ...${room}Errors,\n`),
      after('typeof commonErrors,', ` typeof ${room}Errors,`),
    ),
    'libs/contracts/src/permissions.ts': both(
      before('\nconst width', `import { ${room}Permissions } from './${room}/permissions';\n`),
      before('};\n\n/** The rule of an RPC', `  ...${room}Permissions,\n`),
    ),
    'libs/contracts/src/subscriptions.ts': both(
      before(
        '\n/** Who listens to live',
        `import { ${room}Subscriptions } from './${room}/subscriptions';\n`,
      ),
      before('  ];\n}', `    ...Object.values(${room}Subscriptions),\n`),
    ),
    'libs/contracts/src/identity/access.rpc.ts': after("'campaign-targeting',", ` '${name}',`),
    'docs/services.md': before(
      '## simulators\n',
      `## ${name}

- **Owns** nothing yet. **Answers** nothing yet. **Emits** nothing. **Consumes** nothing.
- **Down**: nothing else stops. More: [apps/${name}](../apps/${name}/README.md).

`,
    ),
    'docs/architecture.md': both(
      before('  sms-dispatch-worker -->|keys| identity\n', `  ${name} -->|keys, revoked tokens| identity\n`),
      before('  identity -->|live| sms-gateway\n', `  identity -->|live| ${name}\n`),
    ),
  };
}

/**
 * @param {string} name
 * @param {string} room
 */
function rowOf(name, room) {
  return `  {
    name: '${name}',
    room: '${room}',
    owns: 'nothing yet',
    does: 'nothing yet',
    talks: true,
    answers: true,
    stores: true,
    drain: 2,
  },
`;
}

/**
 * @param {string} anchor text that stands in the file once
 * @param {string} added
 * @returns {(text: string) => string}
 */
function before(anchor, added) {
  return (text) => splitOnce(text, anchor).join(added + anchor);
}

/**
 * @param {string} anchor text that stands in the file once
 * @param {string} added
 * @returns {(text: string) => string}
 */
function after(anchor, added) {
  return (text) => splitOnce(text, anchor).join(anchor + added);
}

/**
 * @param {string} text
 * @param {string} anchor
 */
function splitOnce(text, anchor) {
  const parts = text.split(anchor);
  if (parts.length !== 2) throw new Error(`"${anchor.trim()}" does not stand there once`);
  return parts;
}

/**
 * @param {...((text: string) => string)} changes
 * @returns {(text: string) => string}
 */
function both(...changes) {
  return (text) => changes.reduce((changed, change) => change(changed), text);
}

/**
 * @param {readonly string[]} args
 * @returns {{ name: string, room: string }}
 */
function readArguments([name = '', room = name.split('-')[0] ?? '']) {
  const usage = 'usage: npm run new:service -- NAME [ROOM], NAME in kebab-case, ROOM one word';
  if (!/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(name) || !/^[a-z][a-z\d]*$/.test(room)) throw new Error(usage);
  const taken = PROGRAMS.find((program) => program.name === name || program.room === room);
  if (taken) throw new Error(`${taken.name} has the name or the room ${taken.room}: name another\n${usage}`);
  for (const folder of [`apps/${name}`, `libs/contracts/src/${room}`])
    if (existsSync(join(ROOT, folder))) throw new Error(`${folder} is there already`);
  return { name, room };
}

/** Files that `npm run gen` makes from the list. */
const GENERATED = [
  ...['nest-cli.json', '.env.example', 'docker-compose.yml', 'docs/retention.md', 'docs/services.md'],
  ...['docs/architecture.md', 'docs/runbook.md'],
  ...['make-env.sh', 'postgres-init.sql', 'rabbitmq-definitions.json'].map((file) => `deploy/docker/${file}`),
];

function main() {
  const { name, room } = readArguments(process.argv.slice(2));
  const made = newFiles(name, room);
  const changed = Object.entries(changedFiles(name, room)).map(([path, change]) => {
    try {
      return /** @type {const} */ ([path, change(readFileSync(join(ROOT, path), 'utf8'))]);
    } catch (error) {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  for (const [path, text] of [...Object.entries(made), ...changed]) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
  /** @param {string} path */
  const textOf = (path) => readFileSync(join(ROOT, path), 'utf8');
  const texts = new Map(GENERATED.map((path) => [path, textOf(path)]));
  run(['-r', '@swc-node/register', 'deploy/generate/files.ts']);
  const written = [...Object.keys(made), ...changed.map(([path]) => path)].filter((path) =>
    /\.(ts|mjs)$/.test(path),
  );
  run(['node_modules/prettier/bin/prettier.cjs', '--log-level=warn', '--write', ...written]);
  const generated = GENERATED.filter((path) => textOf(path) !== texts.get(path));

  for (const path of Object.keys(made)) console.log(`new       ${path}`);
  for (const [path] of changed) console.log(`changed   ${path}`);
  for (const path of generated) console.log(`generated ${path}`);
  console.log(`
Next: npm run gen, npm test -- test/integration/${name}, npm start.
By hand, when there is something to say: owns and does in deploy/programs.mjs, docs/services.md, apps/${name}/README.md.`);
}

/** @param {string[]} args of node */
function run(args) {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.at(-1)} failed: ${stderr}`);
}

try {
  main();
} catch (error) {
  console.error(`npm run new:service: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
