// The packages that the programs run on, as one file in dist/node_modules. NestJS, TypeORM and what they bring are 2,000
// files, and to find and read each of them is more than half of what a start costs: with this it is 1.1 s of processor
// time instead of 1.75. Node looks for a package in dist/node_modules before it looks in node_modules, so that neither our
// modules nor how they are built have to know of it; without it they run as well. See docs/adr/0011.
//
// All packages of package.json are in it but those below, because two packages that share a third one must get the same
// one of it: what is left out may need nothing that is in it, and the build fails if it does.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'dist/node_modules');

/** Native, reading files that lie beside them, starting threads, or large and of one program only. */
const left = [
  '@fastify/static',
  '@node-rs/argon2',
  '@zxcvbn-ts/language-common',
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
  'csv-stringify': ['csv-stringify', 'csv-stringify/sync'],
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
  comments: { annotation: false, jsdoc: false, legal: true },
});
await build.close();

const next = `${folder}.new`;
rmSync(next, { recursive: true, force: true });
mkdirSync(next, { recursive: true });
writeFileSync(join(next, 'packages.cjs'), output[0].code);
for (const name of names) {
  const file = join(next, name, 'index.js');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `module.exports = require('${relative(dirname(file), join(next, 'packages.cjs'))}')['${name}']();\n`,
  );
}
rmSync(folder, { recursive: true, force: true });
renameSync(next, folder);

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
