import config from './jest.config.js';

/**
 * Runs the tests that create applications with plans that are written as text and read again, as `lambent build` emits
 * them.
 */
export default {
  ...config,
  roots: [
    'application',
    'auth',
    'aws',
    'binding',
    'cache',
    'config',
    'decorators',
    'events',
    'fuzz',
    'health',
    'logging',
    'messaging',
    'observability',
    'openapi',
    'pipeline',
    'rate-limit',
  ].map((folder) => `<rootDir>/test/${folder}`),
  // It runs the package's build, which has a planner of its own.
  testPathIgnorePatterns: [...config.testPathIgnorePatterns, '<rootDir>/test/openapi/sample-app.test.ts'],
  globalSetup: '<rootDir>/test/emitted/setup.cjs',
  globalTeardown: '<rootDir>/test/emitted/teardown.cjs',
  moduleNameMapper: { '^\\./planner\\.js$': '<rootDir>/test/emitted/planner.ts', ...config.moduleNameMapper },
};
