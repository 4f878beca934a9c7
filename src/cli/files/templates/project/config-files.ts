import { documentation } from '../../../../shared/documentation.js';
import type { Files } from '../../changes.js';
import { sortedByName } from '../../sorted-by-name.js';
import { DEPLOYMENTS } from './deployment/deployment-list.js';
import { PACKAGE_MANAGERS } from './package-managers.js';
import { FRONT_DOORS, type ProjectSettings } from './project-settings.js';
import { TEST_RUNNERS } from './test-runners.js';

const PEERS = ['class-transformer', 'class-validator', 'reflect-metadata', 'tsyringe'];
const TOOLS = ['@types/node', 'oxfmt', 'oxlint', 'rolldown', 'typescript'];

export function manifestText(settings: ProjectSettings): string {
  const { name, frontDoor, lambent, versions } = settings;
  const deployment = DEPLOYMENTS[settings.deployment];
  const runner = TEST_RUNNERS[settings.testRunner];
  const { run, beforeFlags } = PACKAGE_MANAGERS[settings.packageManager];
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, versions[each] ?? '*']));
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: deployment.node ?? '>=20.19' },
    scripts: {
      dev: `lambent dev --source ${FRONT_DOORS[frontDoor].source}`,
      start: `${run} dev${beforeFlags}`,
      test: runner.script,
      types: 'tsc',
      lint: 'oxlint',
      format: 'oxfmt',
      build: 'lambent build',
      deploy: deployment.bundles === true ? deployment.command : `${run} build && ${deployment.command}`,
    },
    dependencies: sortedByName({ ...pick(PEERS), lambent }),
    devDependencies: sortedByName({
      ...pick([...TOOLS, ...runner.packages, ...(deployment.packages ?? [])]),
      ...deployment.tools,
    }),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

export function tsconfigText({ testRunner, deployment }: ProjectSettings): string {
  const { sources = [] } = DEPLOYMENTS[deployment];
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
    "types": ["node", "${TEST_RUNNERS[testRunner].types}"]
  },
  "include": [${['src', ...sources].map((folder) => JSON.stringify(folder)).join(', ')}]
}
`;
}

/** Rules that could turn an injected class into a type, which has no metadata, stay off. */
export function oxlintText(): string {
  return `{
  "$schema": "./node_modules/oxlint/configuration_schema.json",
  "categories": { "correctness": "error" },
  "rules": { "typescript/consistent-type-imports": "off" },
  "ignorePatterns": ["bundle", "coverage"]
}
`;
}

export function oxfmtText(): string {
  return `{
  "$schema": "./node_modules/oxfmt/configuration_schema.json",
  "printWidth": 120,
  "singleQuote": true,
  "sortPackageJson": false,
  "ignorePatterns": ["*.md", "bundle", "coverage", "openapi.json"]
}
`;
}

export function envExampleText(): string {
  return `# Copy this file to .env, which "lambent dev" reads and Git ignores.
# All variables of Lambent: ${documentation('environment-variables.md')}
LOG_LEVEL=debug
`;
}

/** Settings of VS Code for the tools of the project. */
export function editorFiles({ testRunner }: ProjectSettings): Files {
  const { extension } = TEST_RUNNERS[testRunner];
  return {
    '.vscode/extensions.json': `{\n  "recommendations": ["oxc.oxc-vscode", "${extension}"]\n}\n`,
    '.vscode/settings.json': `{
  "editor.defaultFormatter": "oxc.oxc-vscode",
  "editor.formatOnSave": true
}
`,
  };
}

export function gitignoreText({ deployment }: ProjectSettings): string {
  const { ignored } = DEPLOYMENTS[deployment];
  return ['node_modules/', 'bundle/', 'bundle-maps/', 'coverage/', '.env', ...ignored, ''].join('\n');
}

export function ciText({ packageManager, deployment }: ProjectSettings): string {
  const { exec, installLocked, run, beforeFlags, setup } = PACKAGE_MANAGERS[packageManager];
  const { check } = DEPLOYMENTS[deployment];
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
${setup}      - uses: actions/setup-node@v4
        with:
          node-version: 24
          cache: ${packageManager}
      - run: ${installLocked}
      - run: ${run} types
      - run: ${run} lint
      - run: ${run} format${beforeFlags} --check
      - run: ${run} test
      - run: ${run} build
${check === undefined ? '' : `      - run: ${exec} lambent ${check}\n`}`;
}
