/**
 * Which folder of an app imports which, types included, and the cycles among them. `node deploy/folder-graph.mjs [APP...]`
 * prints it; the lint rule `peyk/folder-cycles` refuses a cycle.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const isSource = (file) => /\.(ts|tsx)$/.test(file) && !/\.(spec|fixture|d)\.tsx?$/.test(file);
/** Relative paths that a file imports, whether for values or for types. */
const relativeImport = /(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']*|\.{1,2})'/g;

/** The folder below `src` that a file is in (with its noun below `features` and `parts`); a file of `src` itself is its own. */
export function folderOf(app, file) {
  const parts = path.relative(path.join(root, 'apps', app, 'src'), file).split(path.sep);
  if (parts.length === 1) return parts[0].replace(/\.tsx?$/, '');
  return ['features', 'parts'].includes(parts[0]) && parts.length > 2 ? `${parts[0]}/${parts[1]}` : parts[0];
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Folder -> the folders that it imports -> the files that do. */
export function folderGraph(app) {
  const src = path.join(root, 'apps', app, 'src');
  const graph = new Map();
  for (const file of filesBelow(src)) {
    const from = folderOf(app, file);
    if (!graph.has(from)) graph.set(from, new Map());
    for (const [, source] of readFileSync(file, 'utf8').matchAll(relativeImport)) {
      const to = folderOf(app, importedFile(file, source));
      if (to === from || to.startsWith('..')) continue;
      const edges = graph.get(from);
      if (!edges.has(to)) edges.set(to, new Set());
      edges.get(to).add(path.relative(src, file));
    }
  }
  return graph;
}

/** Where a relative import leads; a folder stands for its index. */
export function importedFile(file, source) {
  const target = path.resolve(path.dirname(file), source);
  try {
    if (readdirSync(target)) return path.join(target, 'index.ts');
  } catch {
    // A file.
  }
  return `${target}.ts`;
}

/** Groups of two or more folders of which each needs each (Tarjan's strongly connected components). */
export function cyclesOf(graph) {
  const cycles = [];
  const stack = [];
  const seen = new Map();
  const low = new Map();
  const visit = (folder) => {
    seen.set(folder, seen.size);
    low.set(folder, seen.get(folder));
    stack.push(folder);
    for (const next of graph.get(folder)?.keys() ?? []) {
      if (!seen.has(next)) visit(next);
      if (stack.includes(next)) low.set(folder, Math.min(low.get(folder), low.get(next)));
    }
    if (low.get(folder) !== seen.get(folder)) return;
    const group = stack.splice(stack.indexOf(folder));
    if (group.length > 1) cycles.push(group.sort());
  };
  for (const folder of graph.keys()) if (!seen.has(folder)) visit(folder);
  return cycles;
}

if (process.argv[1] === import.meta.filename) {
  const apps = process.argv.slice(2);
  for (const app of apps.length > 0 ? apps : readdirSync(path.join(root, 'apps'))) {
    const graph = folderGraph(app);
    const cycles = cyclesOf(graph);
    console.log(`${app}: ${graph.size} folders, ${cycles.length} cycles`);
    for (const group of cycles) {
      console.log(`  cycle of ${group.length}: ${group.join(', ')}`);
      for (const from of group)
        for (const [to, files] of graph.get(from))
          if (group.includes(to)) console.log(`    ${from} -> ${to}: ${[...files].join(', ')}`);
    }
    if (apps.length > 0)
      for (const [from, edges] of graph) console.log(`  ${from} -> ${[...edges.keys()].join(', ') || '-'}`);
  }
}
