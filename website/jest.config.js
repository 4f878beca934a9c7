import shared from '../jest.config.js';

/** @type {import('jest').Config} */
export default {
  ...shared,
  rootDir: '..',
  roots: ['<rootDir>/website/test'],
  // For what hangs, and not for slow machines: one hook visits every page. Milliseconds.
  testTimeout: 1_800_000,
};
