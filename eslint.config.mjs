import { readdirSync } from 'node:fs';
import path from 'node:path';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
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

const layers = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      const source = node?.type === 'Literal' ? node.value : undefined;
      const message = typeof source === 'string' ? layerProblem(context.filename, source) : undefined;
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
    plugins: { peyk: { rules: { layers } } },
    rules: {
      'peyk/layers': 'error',
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
