const transformed = (parser, more = {}) => [
  '@swc/jest',
  { module: { type: 'commonjs' }, jsc: { target: 'es2022', keepClassNames: true, parser, ...more } },
];
const typescript = transformed(
  { syntax: 'typescript', decorators: true },
  { transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false } },
);
// These packages are ES modules only, and Jest's require() of Node 20 takes CommonJS.
const esModules = ['@ant-design', '@nestjs', 'content-disposition', 'cookie', 'uuid'];

const common = {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/servers-of-worker.ts', '<rootDir>/test/support/errors-of-node.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.local/', '<rootDir>/dist/'],
  // deploy/programs.mjs and deploy/local are modules that run before anything is installed.
  transform: { '\\.(ts|mjs)$': typescript, '/node_modules/.+\\.js$': transformed({ syntax: 'ecmascript' }) },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: {
    '^@peyk/contracts/(\\w+)$': '<rootDir>/libs/contracts/src/$1/index.ts',
    '^@peyk/(persian|contracts|files|platform|database|messaging|testing)$': '<rootDir>/libs/$1/src/index.ts',
  },
};
export default {
  // A bound on what hangs, not a measure: the machine may be shared.
  testTimeout: 60_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    { ...common, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.spec.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/{e2e,panel}/**/*.e2e-spec.ts'] },
    { ...common, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] },
  ],
};
