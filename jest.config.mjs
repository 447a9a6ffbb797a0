// Nest 12 ships ESM only; Jest on Node 20 cannot require it, so swc turns these packages into CommonJS.
const swc = [
  '@swc/jest',
  {
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  },
];
const common = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/.local/', '<rootDir>/dist/'],
  transform: { '^.+\\.m?(t|j)s$': swc },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|cookie|content-disposition|uuid)/)',
  ],
  moduleNameMapper: {
    '^@peyk/(persian|contracts|files|platform|database|messaging|testing)$': '<rootDir>/libs/$1/src/index.ts',
  },
};
export default {
  // A bound on what hangs, not a measure: the machine may be shared.
  testTimeout: 60_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    { ...common, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.spec.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
    { ...common, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] },
  ],
};
