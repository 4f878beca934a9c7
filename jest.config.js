/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Left to itself Jest keeps one processor free, which on a machine with two is half of it.
  maxWorkers: '100%',
  // For tests that hang, and not for slow machines: some tests start processes, or bundle. Milliseconds.
  testTimeout: 600_000,
  reporters: ['default', '<rootDir>/scripts/closing-line-reporter.cjs'],
  setupFiles: ['<rootDir>/scripts/fuzz-seed.cjs'],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/runtime/'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
};
