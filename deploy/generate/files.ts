/**
 * What `npm run gen` makes from the list of programs and from their sources, besides what the gateway's build makes
 * (docs/openapi.json, docs/events) and the panel's client: `node -r @swc-node/register deploy/generate/files.ts` writes the
 * files, with `--check` it only names those that are stale (exit code 1).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { root } from './apps';
import { brokerDefinitionsText } from './broker-definitions';
import { composeRegions } from './compose';
import { brokerUserRegions, programRegions, rightsRegions } from './docs';
import { envExample } from './env-example';
import { databaseScript, nestProjects, secretRegions } from './installation';
import { withRegions } from './regions';
import { retentionPage } from './retention';
import { schedulePage } from './schedule';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** A file of which only regions are made. */
const regionsOf = (path: string, regions: () => Record<string, string>) => () =>
  withRegions(read(path), regions());

/** Text of each file that is made, by its path in the clone. */
const files: Readonly<Record<string, () => string>> = {
  'docs/schedule.md': schedulePage,
  'nest-cli.json': nestProjects,
  '.env.example': envExample,
  'docker-compose.yml': regionsOf('docker-compose.yml', composeRegions),
  'deploy/docker/make-env.sh': regionsOf('deploy/docker/make-env.sh', secretRegions),
  'deploy/docker/postgres-init.sql': databaseScript,
  'deploy/docker/rabbitmq-definitions.json': brokerDefinitionsText,
  'docs/retention.md': retentionPage,
  'docs/services.md': regionsOf('docs/services.md', rightsRegions),
  'docs/architecture.md': regionsOf('docs/architecture.md', programRegions),
  'docs/runbook.md': regionsOf('docs/runbook.md', brokerUserRegions),
};

/** As the file would be now: formatted, where prettier formats such a file. */
async function renderFile(path: string, render: () => string): Promise<string> {
  const file = join(root, path);
  const { inferredParser, ignored } = await prettier.getFileInfo(file, {
    ignorePath: join(root, '.prettierignore'),
  });
  if (ignored || inferredParser === null) return render();
  return prettier.format(render(), { ...(await prettier.resolveConfig(file)), filepath: file });
}

/** Paths whose text is not what it would be now. */
export async function staleFiles(): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, render] of Object.entries(files))
    if (read(path) !== (await renderFile(path, render))) stale.push(path);
  return stale;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--check')) {
    const stale = await staleFiles();
    for (const path of stale) process.stderr.write(`stale: ${path}; run npm run gen\n`);
    return stale.length > 0 ? 1 : 0;
  }
  for (const [path, render] of Object.entries(files)) {
    const text = await renderFile(path, render);
    if (read(path) !== text) writeFileSync(join(root, path), text);
  }
  return 0;
}

if (require.main === module) {
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
}
