import config from './jest.config.js';

/** Runs the tests that create applications with plans that are written as text and read again. */
export default {
  ...config,
  moduleNameMapper: { '^\\./planner\\.js$': '<rootDir>/test/emitted/planner.ts', ...config.moduleNameMapper },
};
