// Packages of node_modules, loaded once by each Jest worker instead of once by each spec file: NestJS, TypeORM and what
// they bring are half a second of processor time a file. They come from Node itself, which can require what ships ESM only.
import { createRequire, isBuiltin } from 'node:module';

// From where the programs look for theirs: in dist/node_modules first, where most are one file that V8 has compiled.
const load = createRequire(new URL('../../dist/', import.meta.url));
/** @type {Map<string, unknown>} */
const loaded = new Map();

/** Whether `name`, as written in an import, is a package that all files of a worker share. */
export function isPackage(name) {
  return /^[^./]/.test(name) && !name.startsWith('@peyk/') && !isBuiltin(name);
}

export function requirePackage(name) {
  if (!loaded.has(name)) {
    loaded.set(name, load(name));
    if (name === '@nestjs/common') forgetLoggers();
  }
  return loaded.get(name);
}

/** What a spec file told NestJS to log with is not the next file's. */
export function forgetLoggers() {
  const nest = loaded.get('@nestjs/common');
  if (!nest) return;
  nest.Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']);
  nest.Logger.overrideLogger(new nest.ConsoleLogger());
}
