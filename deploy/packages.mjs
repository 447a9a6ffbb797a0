// The packages that the programs run on, as one file in dist/node_modules. NestJS, TypeORM and what they bring are 2,000
// files, and to find and read each of them is more than half of what a start costs: with this it is 1.1 s of processor
// time instead of 1.75; and with what V8 compiled of it beside it, 0.8 s. Node looks for a package in dist/node_modules
// before it looks in node_modules, so that neither our modules nor how they are built have to know of it; without it they
// run as well. See docs/adr/0011.
//
// All packages of package.json are in it but those below, because two packages that share a third one must get the same
// one of it: what is left out may need nothing that is in it, and the build fails if it does.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'dist/node_modules');

/** Native, reading files that lie beside them, starting threads, run in one, or large and of one program only. */
const left = [
  '@fastify/static',
  '@node-rs/argon2',
  '@zxcvbn-ts/language-common',
  'bidi-js',
  'iconv-lite',
  'nodemailer',
  'pdfkit',
  'pino',
  'qrcode',
  'smpp',
  'smtp-server',
  'soap',
  'vazirmatn',
];
/** Asked for by packages that are in it, and not installed or not bundled. */
const foreign = [...left, '@fastify/view', 'pg-native', 'picomatch', 'swagger-ui-dist', 'thread-stream'];

/** As our modules import them: packages with entries of their own besides the main one are named. */
const entries = {
  'csv-parse': ['csv-parse', 'csv-parse/sync'],
};

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const names = Object.keys(dependencies)
  .filter((name) => !left.includes(name))
  .flatMap((name) => entries[name] ?? [name]);
refuseSharing();

// Each is loaded when it is first asked for, by require() as our modules do it.
const source = `module.exports = {${names.map((name) => `'${name}': () => require('${name}')`).join(',')}};`;
const entry = join(root, 'packages.cjs');
const build = await rolldown({
  cwd: root,
  input: { packages: entry },
  platform: 'node',
  treeshake: false,
  external: (id) => foreign.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [
    {
      name: 'packages',
      resolveId: (id) => (id === entry ? id : undefined),
      load: (id) => (id === entry ? source : undefined),
    },
  ],
  onLog: (level, log) => {
    // Of packages that are optional to others: they find out when they are asked for.
    if (
      level === 'warn' &&
      !['UNRESOLVED_IMPORT', 'EVAL', 'COMMONJS_VARIABLE_IN_ESM', 'EMPTY_IMPORT_META'].includes(log.code ?? '')
    )
      console.warn(log.message);
  },
});
const { output } = await build.generate({
  format: 'cjs',
  keepNames: true,
  codeSplitting: false,
  // What V8 compiled in another process may not import(), so that is require() here.
  dynamicImportInCjs: false,
  comments: { annotation: false, jsdoc: false, legal: true },
});
await build.close();

const next = `${folder}.new`;
rmSync(next, { recursive: true, force: true });
mkdirSync(next, { recursive: true });
// In the form in which Node evaluates a CommonJS module, since load.js is what evaluates it.
writeFileSync(
  join(next, 'packages.cjs'),
  `(function (exports, require, module, __filename, __dirname) { ${output[0].code}\n})`,
);
writeFileSync(join(next, 'load.js'), `(${load})();\n`);
for (const name of names) {
  const file = join(next, name, 'index.js');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `module.exports = require('${relative(dirname(file), join(next, 'load.js'))}')['${name}']();\n`,
  );
}
rmSync(folder, { recursive: true, force: true });
renameSync(next, folder);
keepCompiled();

/**
 * load.js: evaluates packages.cjs as require() does, with what V8 compiled of it when it was built. V8 itself refuses
 * what another version of it compiled, and compiles then.
 */
function load() {
  const { existsSync, readFileSync } = require('node:fs');
  const vm = require('node:vm');
  const filename = require('node:path').join(__dirname, 'packages.cjs');
  const compiled = `${filename}.compiled`;
  const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
  // It refuses what was compiled under other flags too, by a hash of them at byte 12. Those of our programs are for the
  // heap, and for when code is optimised; what is kept here is neither.
  const known = /^--((max-(semi|old)-space-size|interrupt-budget)=|enable-source-maps$)/;
  if (cachedData && process.execArgv.every((flag) => known.test(flag)) && !process.env.NODE_OPTIONS)
    new vm.Script('').createCachedData().copy(cachedData, 12, 12, 16);
  const script = new vm.Script(readFileSync(filename, 'utf8'), { filename, cachedData });
  script.runInThisContext()(module.exports, require, module, filename, __dirname);
  // Not for the packages: keepCompiled() takes it.
  Object.defineProperty(module.exports, 'script', { value: script });
}

/**
 * Once all packages are loaded, so that functions that run when they are loaded are compiled too; and from where they
 * will be, since stack traces of compiled code name the file that it was compiled from.
 */
function keepCompiled() {
  const packages = createRequire(import.meta.url)(join(folder, 'load.js'));
  for (const loadPackage of Object.values(packages)) loadPackage();
  writeFileSync(join(folder, 'packages.cjs.compiled'), packages.script.createCachedData());
}

function refuseSharing() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const needed = new Set(left);
  for (const name of needed) {
    const { dependencies: its = {}, peerDependencies: peers = {} } = packages[`node_modules/${name}`] ?? {};
    for (const other of Object.keys({ ...its, ...peers })) {
      if (names.includes(other))
        throw new Error(`${other} is bundled, but ${name}, which is left out, needs it`);
      needed.add(other);
    }
  }
}
