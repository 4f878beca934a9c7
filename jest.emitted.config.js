import config from './jest.config.js';

/**
 * Runs the tests that create applications with plans that are written as text and read again, as `lambent build` emits
 * them.
 */
export default {
  ...config,
  roots: ['application', 'aws', 'binding', 'decorators', 'events', 'fuzz', 'logging', 'openapi', 'pipeline'].map(
    (folder) => `<rootDir>/test/${folder}`,
  ),
  globalSetup: '<rootDir>/test/emitted/setup.cjs',
  globalTeardown: '<rootDir>/test/emitted/teardown.cjs',
  moduleNameMapper: { '^\\./planner\\.js$': '<rootDir>/test/emitted/planner.ts', ...config.moduleNameMapper },
};
