import { readdirSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { cyclesOf, folderGraph, folderOf, importedFile } from './deploy/folder-graph.mjs';
import { panelProblem } from './eslint.panel.mjs';

const root = import.meta.dirname;
const libs = ['persian', 'contracts', 'files', 'platform', 'database', 'messaging', 'testing'];
/** Of libs/contracts: what belongs to one service is imported from `@peyk/contracts/<room>`. */
const rooms = readdirSync(path.join(root, 'libs/contracts/src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'core')
  .map(({ name }) => name);
/** A spec, or a fixture that specs share. */
const isSpec = (file) => /\.((e2e-)?spec|fixture)\.ts$/.test(file);
const panel = path.join(root, 'apps/web/src');

/** `apps/billing` or `libs/persian` for a file in it, else the top folder. */
function ownerOf(file) {
  const [top, name] = path.relative(root, file).split(path.sep);
  return top === 'apps' || top === 'libs' ? `${top}/${name}` : top;
}

/** What is wrong with `file` importing `source`, and what to do instead; undefined when nothing is. */
function layerProblem(file, source) {
  const owner = ownerOf(file);
  const [, alias, deep] = /^@peyk\/([^/]+)(\/.*)?$/.exec(source) ?? [];
  if (deep && !(alias === 'contracts' && rooms.includes(deep.slice(1))))
    return `Import @peyk/${alias}; what it does not export is private to it.`;
  const target = alias
    ? `libs/${alias}`
    : source.startsWith('.')
      ? ownerOf(path.resolve(file, '..', source))
      : '';

  if (target.startsWith('apps/') && target !== owner) {
    // An integration test is the test of one app, kept apart because it needs a database and a broker.
    if (path.relative(root, file).startsWith(path.join('test', 'integration'))) return undefined;
    return `Nothing imports an app: call it by its contract in @peyk/contracts, or move what is shared to a lib.`;
  }
  if (file.startsWith(panel) && alias && alias !== 'persian' && !isSpec(file))
    return 'The panel knows the platform by its generated client only (src/api), and @peyk/persian.';
  if (file.startsWith(panel + path.sep) && source.startsWith('.'))
    return panelProblem(file, path.resolve(file, '..', source));
  if (!target.startsWith('libs/')) return undefined;
  if (target === owner) return alias ? `Inside ${owner} import by relative path.` : undefined;
  const lib = target.slice('libs/'.length);
  if (owner.startsWith('libs/')) {
    const allowed = libs.slice(0, libs.indexOf(owner.slice('libs/'.length)));
    const list =
      allowed.length > 0 ? `only ${allowed.map((name) => `@peyk/${name}`).join(', ')}` : 'no other lib';
    if (!allowed.includes(lib)) {
      return `${owner} may import ${list}: move the code to the right, or what it needs to the left.`;
    }
  }
  if (!alias) return `Import @peyk/${lib} instead of a path into it.`;
  if (lib === 'testing' && owner.startsWith('apps/') && !isSpec(file)) {
    return 'Only specs import @peyk/testing: what a program needs belongs to another lib.';
  }
  return undefined;
}

/** A rule about what a file imports, in whatever way. */
const importRule = (problemOf) => ({
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      const source = node?.type === 'Literal' ? node.value : undefined;
      const message = typeof source === 'string' ? problemOf(context.filename, source) : undefined;
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
      'CallExpression[callee.name="require"]': (node) => check(node.arguments[0]),
      'CallExpression[callee.object.name="jest"]': (node) => check(node.arguments[0]),
    };
  },
});
const layers = importRule(layerProblem);
const folderCycles = importRule(cycleProblem);

const cyclesByApp = new Map();

/** What is wrong with `file` importing `source` within its app: the two folders need each other, if by way of others. */
function cycleProblem(file, source) {
  const [, app] = /^apps[\\/]([^\\/]+)[\\/]src[\\/]/.exec(path.relative(root, file)) ?? [];
  if (!app || !source.startsWith('.') || isSpec(file)) return undefined;
  if (!cyclesByApp.has(app)) cyclesByApp.set(app, cyclesOf(folderGraph(app)));
  const from = folderOf(app, file);
  const to = folderOf(app, importedFile(file, source));
  const cycle = cyclesByApp.get(app).find((folders) => folders.includes(from) && folders.includes(to));
  if (!cycle || from === to) return undefined;
  return `${from} and ${to} need each other (${cycle.join(', ')}): move what both need to a folder of its own. See node deploy/folder-graph.mjs ${app}.`;
}

/** The first column of its table. */
const refusedWords = [
  ...readFileSync(path.join(root, 'docs/style.md'), 'utf8').matchAll(/^\| `([a-z ]+)` +\|/gm),
].map(([, word]) => word);

/** Comments without the words that docs/style.md refuses. */
const plainWords = {
  meta: { type: 'suggestion', schema: [] },
  create(context) {
    const refused = new RegExp(`\\b(${refusedWords.join('|')})\\b`, 'i');
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          // What stands between backticks is quoted.
          const [word] = refused.exec(comment.value.replace(/`[^`]*`/g, '')) ?? [];
          if (word) context.report({ loc: comment.loc, message: `Say it without "${word}": docs/style.md.` });
        }
      },
    };
  },
};

const environmentMessage =
  "Read it in the app's config.ts (loadConfig), and take the config as a parameter here.";

export default tseslint.config(
  { ignores: ['**/node_modules/', 'dist/', '.local/', 'coverage/', 'apps/web/src/api/schema.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './test/tsconfig.json', './apps/web/tsconfig.json'],
        tsconfigRootDir: root,
      },
    },
    plugins: { peyk: { rules: { layers, 'folder-cycles': folderCycles } } },
    rules: {
      'peyk/layers': 'error',
      'peyk/folder-cycles': 'error',
      eqeqeq: ['error', 'always'],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: environmentMessage },
      ],
      'no-restricted-imports': [
        'error',
        { paths: ['process', 'node:process'].map((name) => ({ name, message: 'Use the global process.' })) },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export by name: one name for one thing everywhere.',
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      // It leaves files with decorators alone (emitDecoratorMetadata): injection needs the class there.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // A method that implements an asynchronous interface need not wait for anything.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['apps/web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // A form's onFinish and a button's onClick may be asynchronous: their failures are shown by the form.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['**/*.{ts,tsx,mts,mjs,js}'],
    // What was merged is never edited.
    ignores: ['**/migrations/*.ts'],
    plugins: { style: { rules: { 'plain-words': plainWords } } },
    rules: { 'style/plain-words': 'error' },
  },
  {
    // Vite reads its default export.
    files: ['**/vite.config.mts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/config.ts', 'deploy/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
    // expect(mock.method) names a method on purpose.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['**/*.{mjs,js}'],
    plugins: { peyk: { rules: { layers } } },
    rules: {
      'peyk/layers': 'error',
      eqeqeq: ['error', 'always'],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-undef': 'off',
    },
  },
);
