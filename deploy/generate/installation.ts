import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS, STORING_PROGRAMS, TALKING_PROGRAMS } from '../programs.mjs';
import { root } from './apps';

/** nest-cli.json: each program and each library is a project. */
export function nestProjects(): string {
  const libs = readdirSync(join(root, 'libs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const projects: Record<string, object> = {};
  for (const { name } of PROGRAMS) projects[name] = projectOf('application', `apps/${name}`);
  for (const name of libs) projects[name] = projectOf('library', `libs/${name}`);
  const settings = {
    $schema: 'https://json.schemastore.org/nest-cli',
    $comment: 'made by npm run gen from deploy/programs.mjs and libs/',
    monorepo: true,
    root: 'apps/api-gateway',
    sourceRoot: 'apps/api-gateway/src',
    compilerOptions: { builder: 'swc', webpack: false, deleteOutDir: false, typeCheck: false },
    projects,
  };
  return JSON.stringify(settings, null, 2);
}

function projectOf(type: 'application' | 'library', folder: string): object {
  return {
    type,
    root: folder,
    entryFile: type === 'application' ? 'main' : 'index',
    sourceRoot: `${folder}/src`,
    compilerOptions: { tsConfigPath: `${folder}/tsconfig.json` },
  };
}

/** The regions of make-env.sh. */
export function secretRegions(): Record<string, string> {
  const prefixes = (list: readonly { prefix: string }[]): string =>
    list.map(({ prefix }) => prefix).join(' ');
  return {
    names: [
      `storing='${prefixes(STORING_PROGRAMS)}'`,
      `sealing='${prefixes(PROGRAMS.filter(({ seals }) => seals))}'`,
      `talking='${TALKING_PROGRAMS.map(({ prefix, name }) => `${prefix}:${name}`).join(' ')}'`,
    ].join('\n'),
  };
}

/** postgres-init.sql: databases and logins. */
export function databaseScript(): string {
  const programs = STORING_PROGRAMS.map(({ room, prefix, database = '', worksAs, name }) => ({
    variable: `${room.replaceAll('-', '_')}_password`,
    secret: `${prefix}_DATABASE_PASSWORD`,
    database,
    worksAs,
    name,
  }));
  return `-- Made by npm run gen from deploy/programs.mjs.
-- Run once by the PostgreSQL image on an empty data volume, as its administrator: a database and a role for each
-- program that owns data. Nobody may enter another's database.
\\set ON_ERROR_STOP on
${programs.map(({ variable, secret }) => `\\getenv ${variable} ${secret}`).join('\n')}

${programs.map(({ database, variable }) => `CREATE ROLE ${database} LOGIN PASSWORD :'${variable}';`).join('\n')}
${programs
  .flatMap(({ database, worksAs, name }) =>
    worksAs
      ? [
          '',
          `-- What the service of ${name} works as: it may less than the owner of the tables (its program may make no role).`,
          `CREATE ROLE ${worksAs} NOLOGIN;`,
          `GRANT ${worksAs} TO ${database} WITH SET TRUE, INHERIT FALSE;`,
        ]
      : [],
  )
  .join('\n')}

${programs.map(({ database }) => `CREATE DATABASE ${database} OWNER ${database} ENCODING 'UTF8' TEMPLATE template0;`).join('\n')}

REVOKE CONNECT, TEMPORARY ON DATABASE ${programs.map(({ database }) => database).join(', ')} FROM PUBLIC;
`;
}
