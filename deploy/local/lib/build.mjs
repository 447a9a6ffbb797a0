// Packages and build, each only when something changed.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
import { LOCAL, ROOT, readJson } from './local.mjs';
import { logPath, runToEnd, withLock } from './processes.mjs';

const INSTALL_TIMEOUT_MS = 600_000;
const BUILD_TIMEOUT_MS = 120_000;
const INSTALL_LOG = 'install';
const MODULES = join(ROOT, 'node_modules');
const INSTALLING = join(LOCAL, 'install');
const DIST = join(ROOT, 'dist');
const WEB = join(DIST, 'web');
const PANEL = join(ROOT, 'apps/web');

/**
 * @typedef {object} Part
 * @property {string} name of its log
 * @property {string[]} args of node
 * @property {string} stamp what it was built from
 * @property {() => string[]} sources
 * @property {() => void} [afterwards]
 */
/** @type {readonly Part[]} */
const PARTS = [
  {
    name: 'build',
    args: ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--all'],
    stamp: join(DIST, '.sources'),
    sources: programSources,
    afterwards: () => prune(DIST),
  },
  {
    name: 'build-web',
    args: ['node_modules/vite/bin/vite.js', 'build', 'apps/web', '--config', 'apps/web/vite.config.mts'],
    stamp: join(WEB, '.sources'),
    sources: panelSources,
  },
];

/**
 * Compares what npm installed with what the lock file asks for, so that neither a fresh checkout's times nor an
 * install that somebody else ran leads to a needless one.
 * @returns {boolean}
 */
export function isInstalled() {
  const wanted = readJson(join(ROOT, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true;
    const there = installed[path];
    return there ? there.version === version : Boolean(optional || devOptional || peer);
  });
}

/** Installs exactly what the lock file names. */
export function install() {
  return withLock(MODULES, async () => {
    if (isInstalled()) return;
    // A registry that keeps its archives elsewhere, or a folder on another file system: then npm's own way.
    await installByAddress().catch(() => installByName());
    rmSync(INSTALLING, { recursive: true, force: true });
  });
}

/**
 * The lock file keeps no addresses, since every registry has its own, so npm would read all there is to know of each of
 * a thousand packages to learn where its archive is: more than half of an install. Registries have them at one place by
 * convention. What comes from there is held against the lock file's digests as always. Installed beside, and moved into
 * place whole.
 */
async function installByAddress() {
  rmSync(INSTALLING, { recursive: true, force: true });
  mkdirSync(INSTALLING, { recursive: true });
  for (const file of ['package.json', '.npmrc']) cpSync(join(ROOT, file), join(INSTALLING, file));
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], { cwd: ROOT, encoding: 'utf8' });
  const registry = stdout.trim().replace(/\/*$/, '/');
  const lock = readJson(join(ROOT, 'package-lock.json'));
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!entry.integrity) continue;
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    entry.resolved = new URL(`${name}/-/${basename(name)}-${entry.version}.tgz`, registry).href;
  }
  writeFileSync(join(INSTALLING, 'package-lock.json'), JSON.stringify(lock));
  await npm(['ci'], INSTALLING);
  rmSync(MODULES, { recursive: true, force: true });
  renameSync(join(INSTALLING, 'node_modules'), MODULES);
}

async function installByName() {
  try {
    await npm(['ci'], ROOT);
  } catch (error) {
    // npm ci also refuses a lock file that leaves out a package for another platform which the registry that it was
    // made from does not carry. An install with the same lock file gives the same versions, and may leave those out.
    if (!readFileSync(logPath(LOCAL, INSTALL_LOG), 'utf8').includes('EUSAGE')) throw error;
    await npm(['install', '--no-save'], ROOT);
  }
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  return runToEnd({
    dir: LOCAL,
    name: INSTALL_LOG,
    file: 'npm',
    args: [...args, '--no-audit', '--no-fund', '--loglevel=error'],
    cwd,
    // Development packages build and test the project, whatever the caller's NODE_ENV.
    env: { ...process.env, NODE_ENV: 'development' },
    timeoutMs: INSTALL_TIMEOUT_MS,
    failure: `npm ${args[0]} failed`,
  });
}

/** @returns {boolean} */
export function isBuilt() {
  return PARTS.every(isPartBuilt);
}

/** Builds all programs and libs into dist, and the panel into dist/web: each only when its sources changed. */
export function build() {
  return withLock(DIST, async () => {
    const wanted = PARTS.filter((part) => !isPartBuilt(part));
    await Promise.all(wanted.map(buildPart));
  });
}

/** @param {Part} part */
function isPartBuilt({ stamp, sources }) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(sources());
}

/** @param {Part} part */
async function buildPart({ name, args, stamp, sources, afterwards }) {
  const hash = hashOf(sources());
  await runToEnd({
    dir: LOCAL,
    name,
    file: process.execPath,
    args,
    cwd: ROOT,
    env: process.env,
    timeoutMs: BUILD_TIMEOUT_MS,
    failure: 'the build failed',
  });
  afterwards?.();
  writeFileSync(stamp, hash);
}

/**
 * Removes what was built from a source that is gone: a migration that was renamed would run twice. After the build
 * and file by file, since programs that run now may still load from here.
 * @param {string} folder
 */
function prune(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // The panel's build empties its folder by itself.
    if (path === WEB) continue;
    if (entry.isDirectory()) prune(path);
    const source = join(ROOT, relative(DIST, path)).replace(/\.js(\.map)?$/, '.ts');
    if (/\.js(\.map)?$/.test(entry.name) && !existsSync(source)) rmSync(path);
  }
}

function programSources() {
  return [
    ...['package-lock.json', 'nest-cli.json', 'tsconfig.json', '.swcrc'].map((file) => join(ROOT, file)),
    ...filesBelow(join(ROOT, 'apps'), /(\.ts|tsconfig\.json)$/),
    ...filesBelow(join(ROOT, 'libs'), /(\.ts|tsconfig\.json)$/),
  ].filter((file) => !file.startsWith(PANEL));
}

function panelSources() {
  return [
    join(ROOT, 'package-lock.json'),
    ...filesBelow(PANEL, /./),
    ...filesBelow(join(ROOT, 'libs/persian'), /\.ts$/),
  ];
}

/**
 * @param {string[]} files
 * @returns {string} changes with the path, size or time of any of them
 */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(ROOT, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @param {RegExp} names
 * @returns {string[]}
 */
function filesBelow(folder, names) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path, names);
    return names.test(entry.name) && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}
