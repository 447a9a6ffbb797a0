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
  testEnvironment: '<rootDir>/test/jest/worker.environment.mjs',
  runtime: '<rootDir>/test/jest/worker.runtime.mjs',
  modulePathIgnorePatterns: ['<rootDir>/.local/', '<rootDir>/dist/'],
  // deploy/programs.mjs and deploy/local are modules that run before anything is installed.
  transform: { '^.+\\.(ts|mjs)$': swc },
  moduleNameMapper: {
    '^@peyk/contracts/(\\w+)$': '<rootDir>/libs/contracts/src/$1/index.ts',
    '^@peyk/(persian|contracts|files|platform|database|messaging|testing)$': '<rootDir>/libs/$1/src/index.ts',
  },
};
export default {
  testSequencer: '<rootDir>/test/jest/longest-first.sequencer.mjs',
  // A bound on what hangs, not a measure: the machine may be shared.
  testTimeout: 60_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    { ...common, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.spec.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/{e2e,panel}/**/*.e2e-spec.ts'] },
    { ...common, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] },
  ],
};
