import { FRONT_DOORS, type ProjectSettings } from './project-settings.js';

const PEERS = ['class-transformer', 'class-validator', 'reflect-metadata', 'tsyringe'];
const TOOLS = ['@swc/core', '@swc/jest', '@types/jest', '@types/node', 'jest', 'rolldown', 'typescript'];

export function manifestText({ name, frontDoor, lambent, versions }: ProjectSettings): string {
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, versions[each] ?? '*']));
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      dev: `lambent dev --source ${FRONT_DOORS[frontDoor].source}`,
      start: 'npm run dev --',
      test: 'jest',
      types: 'tsc',
      build: 'lambent build',
    },
    dependencies: sorted({ ...pick(PEERS), lambent }),
    devDependencies: pick(TOOLS),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Sorts by name as npm does, so that its first edit moves no line. */
function sorted(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function tsconfigText(): string {
  return `{
  "compilerOptions": {
    "target": "es2022",
    "module": "nodenext",
    "noEmit": true,
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "noImplicitOverride": true,
    "isolatedModules": true,
    "skipLibCheck": true,
    "experimentalDecorators": true,
    "emitDecoratorMetadata": true,
    "useDefineForClassFields": false,
    "types": ["node", "jest"]
  },
  "include": ["src"]
}
`;
}

export function jestConfigText(): string {
  return `/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src'],
  // Imports name the compiled .js files; the tests run the .ts sources.
  moduleNameMapper: { '^(\\\\.{1,2}/.*)\\\\.js$': '$1' },
  transform: {
    '^.+\\\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
};
`;
}

export function gitignoreText(): string {
  return `node_modules/
bundle/
bundle-maps/
coverage/
.aws-sam/
.env
`;
}

export function ciText(): string {
  return `name: CI

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  checks:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - run: npm run types
      - run: npm test
      - run: npm run build
`;
}
