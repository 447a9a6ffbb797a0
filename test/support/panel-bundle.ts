import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

export interface PanelBundle {
  /** Script that comes before the first page is drawn, bytes gzip. */
  readonly firstLoadBytes: number;
  /** What each page adds to it, bytes gzip; by its source file. */
  readonly routeBytes: Readonly<Record<string, number>>;
}

const web = resolve(__dirname, '../../dist/web');

/** Sizes of the built panel, from Vite's manifest. */
export function panelBundle(): PanelBundle {
  const manifest = JSON.parse(readFileSync(resolve(web, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry);
  if (!entry) throw new Error('the manifest names no entry');
  const first = closure(manifest, entry);
  const routes = Object.keys(manifest).filter(
    (name) => manifest[name]?.isDynamicEntry && /\.screen\.tsx$/.test(name),
  );
  const own = routes.map(
    (name) => [name, new Set([...closure(manifest, name)].filter((chunk) => !first.has(chunk)))] as const,
  );
  return {
    firstLoadBytes: sizeOf(manifest, first),
    routeBytes: Object.fromEntries(own.map(([name, chunks]) => [name, sizeOf(manifest, chunks)])),
  };
}

/** A chunk with all that it imports statically. */
function closure(
  manifest: Readonly<Record<string, Chunk>>,
  name: string,
  found = new Set<string>(),
): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const each of manifest[name]?.imports ?? []) closure(manifest, each, found);
  return found;
}

function sizeOf(manifest: Readonly<Record<string, Chunk>>, names: ReadonlySet<string>): number {
  return [...names].reduce((sum, name) => {
    const file = manifest[name]?.file;
    return file?.endsWith('.js')
      ? sum + gzipSync(readFileSync(resolve(web, file)), { level: 9 }).length
      : sum;
  }, 0);
}
