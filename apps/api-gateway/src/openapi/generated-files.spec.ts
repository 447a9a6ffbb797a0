import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventContracts, rpcContracts, workContracts } from '@peyk/contracts';
import { renderCatalogue, renderCataloguePage } from './catalogue';
import { writeOrCheck } from './generated-files';
import { renderOpenApi } from '../offline-document';

const root = path.resolve(__dirname, '../../../..');
const committed = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: string[];
  readonly responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}

describe('generated files', () => {
  it('docs/openapi.json is what the routes say (npm run gen makes it)', async () => {
    expect(committed('docs/openapi.json')).toBe(await renderOpenApi());
  });

  it('docs/events is what the contracts say (npm run gen makes it)', () => {
    expect(committed('docs/events/catalogue.json')).toBe(renderCatalogue());
    expect(committed('docs/events/README.md')).toBe(renderCataloguePage());
  });

  it('every operation has a name of its own, a summary, an answer and the errors that any may give', async () => {
    const { paths } = JSON.parse(await renderOpenApi()) as {
      paths: Record<string, Record<string, Operation>>;
    };
    const operations = Object.values(paths).flatMap((item) => Object.values(item));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, summary, tags, responses } of operations) {
      expect([operationId, Boolean(summary), tags?.length]).toEqual([operationId, true, 1]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['429', '500', '503']));
      expect(Object.keys(responses).filter((status) => status.startsWith('2'))).toHaveLength(1);
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) >= 400)
          expect(content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/ErrorDto' });
      }
    }
  });

  it('every reference leads somewhere, in the document and in the catalogue', async () => {
    for (const text of [await renderOpenApi(), renderCatalogue()]) {
      const document = JSON.parse(text) as Record<string, unknown>;
      const references = [...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, at = '']) => at);
      expect(references.length).toBeGreaterThan(50);
      for (const reference of new Set(references)) {
        let found: unknown = document;
        for (const step of reference.split('/'))
          found = (found as Record<string, unknown> | undefined)?.[step];
        expect([reference, typeof found]).toEqual([reference, 'object']);
      }
    }
  });

  it('the catalogue knows every contract', () => {
    const { events, rpcs, work } = JSON.parse(renderCatalogue()) as Record<string, object>;
    const names = (contracts: readonly { readonly name: string }[]) =>
      contracts.map(({ name }) => name).sort();
    expect(Object.keys(events ?? {})).toEqual(names(eventContracts()));
    expect(Object.keys(rpcs ?? {})).toEqual(names(rpcContracts()));
    expect(Object.keys(work ?? {})).toEqual(names(workContracts()));
  });

  it('--check names the stale files and writes nothing', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'peyk-generated-'));
    try {
      const file = path.join(folder, 'deep', 'a.json');
      const said: string[] = [];
      const say = (line: string): void => void said.push(line);
      expect(await writeOrCheck({ [file]: 'x' }, ['--check'], say)).toBe(1);
      expect(await writeOrCheck({ [file]: 'x' }, [], say)).toBe(0);
      expect(await writeOrCheck({ [file]: 'x' }, ['--check'], say)).toBe(0);
      await writeFile(file, 'y');
      expect(await writeOrCheck({ [file]: 'x' }, ['--check'], say)).toBe(1);
      expect(await readFile(file, 'utf8')).toBe('y');
      expect(said).toEqual([`stale: ${file}`, `written: ${file}`, `stale: ${file}`]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
