// npm run gen:web [-- --check]: what the panel takes from the API's own description.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  errorTable,
  fieldLabels,
  fieldsOf,
  maxListSources,
  maxPartsPerMessage,
  maxTextLength,
  maxTypedNumbers,
  rpcContracts,
} from '@peyk/contracts';
import type { DtoClass } from '@peyk/contracts';
import * as prettier from 'prettier';

const root = resolve(__dirname, '../..');

/**
 * Path in the repository -> text: the types of docs/openapi.json, the Persian text of every error code and the Persian
 * word for every field, and the bounds of the numbers that people write.
 */
export async function generated(): Promise<Readonly<Record<string, string>>> {
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const document = JSON.parse(readFileSync(resolve(root, 'docs/openapi.json'), 'utf8')) as Document;
  const types = astToString(await openapiTS(withoutRefusals(document) as never));
  const errors = Object.fromEntries(Object.entries(errorTable).map(([code, { fa }]) => [code, fa]));
  const files = {
    'apps/web/src/api/schema.d.ts': `// Made from docs/openapi.json by \`npm run gen:web\`.\n${types}`,
    'apps/web/src/i18n/errors.fa.json': JSON.stringify(errors),
    'apps/web/src/i18n/labels.fa.json': JSON.stringify(fieldLabels),
    'apps/web/src/api/limits.json': JSON.stringify(limits()),
  };
  const options = await prettier.resolveConfig(resolve(root, 'package.json'));
  const formatted = Object.entries(files).map(
    async ([path, text]) => [path, await prettier.format(text, { ...options, filepath: path })] as const,
  );
  return Object.fromEntries(await Promise.all(formatted));
}

/** Bounds of every number that a person's call may carry, by class and field; of the SMS path also what is no field. */
function limits(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const found = new Map<DtoClass, Record<string, { min: number; max: number }>>();
  const add = (dto: DtoClass): void => {
    if (found.has(dto)) return;
    const own: Record<string, { min: number; max: number }> = {};
    found.set(dto, own);
    for (const [name, { minimum, maximum, dto: inner }] of fieldsOf(dto)) {
      if (minimum !== undefined && maximum !== undefined && name !== 'limit')
        own[name] = { min: minimum, max: maximum };
      if (inner) add(inner());
    }
  };
  for (const { input, access } of rpcContracts()) if (access !== 'service') add(input);
  const classes = [...found].flatMap(([dto, own]) =>
    Object.keys(own).length > 0 ? [[dto.name, own] as const] : [],
  );
  return {
    sms: { maxListSources, maxPartsPerMessage, maxTextLength, maxTypedNumbers },
    ...Object.fromEntries(classes.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Paths of the committed files that are not what they would be made to. */
export async function stale(): Promise<readonly string[]> {
  return Object.entries(await generated()).flatMap(([path, text]) => {
    const committed = readFileSync(resolve(root, path), 'utf8');
    return committed === text ? [] : [path];
  });
}

interface Operation {
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Every refusal is an ErrorDto, which the panel reads in one place; described at each route they are most of the file. */
function withoutRefusals(document: Document): Document {
  const slim = ({ responses, ...operation }: Operation): Operation => ({
    ...operation,
    responses: Object.fromEntries(Object.entries(responses).filter(([status]) => Number(status) < 400)),
  });
  const paths = Object.entries(document.paths).map(
    ([path, methods]) =>
      [path, Object.fromEntries(Object.entries(methods).map(([method, of]) => [method, slim(of)]))] as const,
  );
  return { ...document, paths: Object.fromEntries(paths) };
}

async function main(): Promise<void> {
  if (process.argv.includes('--check')) {
    const paths = await stale();
    for (const path of paths) console.error(`stale: ${path}; run npm run gen:web`);
    process.exitCode = paths.length > 0 ? 1 : 0;
    return;
  }
  for (const [path, text] of Object.entries(await generated())) writeFileSync(resolve(root, path), text);
}

if (require.main === module) void main();
