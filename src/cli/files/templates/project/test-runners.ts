/** The test runner of a project, as `lambent new --test-runner` names it. */
export type TestRunner = keyof typeof TEST_RUNNERS;

interface TestRunnerTemplate {
  /** A few words for the list of choices. */
  readonly about: string;
  /** The script `test`. */
  readonly script: string;
  readonly packages: readonly string[];
  /** The extension of VS Code that runs tests in the editor. */
  readonly extension: string;
  /** The name of the types that declare `test` and `expect`. */
  readonly types: string;
  readonly configPath: string;
  readonly config: string;
}

const JEST_CONFIG = `/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src'],
  // Imports name the compiled .js files; the tests run the .ts sources.
  moduleNameMapper: { '^(\\\\.{1,2}/.*)\\\\.js$': '$1' },
  transform: {
    '\\\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
    // Jest loads CommonJS, so packages that are ES modules, such as jose, are compiled, too.
    '\\\\.m?js$': ['@swc/jest', { isModule: 'unknown', jsc: { target: 'es2022' } }],
  },
  transformIgnorePatterns: [],
};
`;

const VITEST_CONFIG = `import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { globals: true, include: ['src/**/*.spec.ts'] },
});
`;

export const TEST_RUNNERS = {
  jest: {
    about: 'as in NestJS',
    script: 'jest',
    packages: ['@swc/core', '@swc/jest', '@types/jest', 'jest'],
    extension: 'orta.vscode-jest',
    types: 'jest',
    configPath: 'jest.config.js',
    config: JEST_CONFIG,
  },
  vitest: {
    about: 'native ES modules, fast watch mode',
    script: 'vitest run',
    packages: ['vitest'],
    extension: 'vitest.explorer',
    types: 'vitest/globals',
    configPath: 'vitest.config.ts',
    config: VITEST_CONFIG,
  },
} as const satisfies Readonly<Record<string, TestRunnerTemplate>>;
