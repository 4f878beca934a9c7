import type { FrontDoor, ProjectSettings } from './project-settings.js';

const PEERS = ['class-transformer', 'class-validator', 'reflect-metadata', 'tsyringe'];
const TOOLS = ['@swc/core', '@swc/jest', '@types/jest', '@types/node', 'jest', 'rolldown', 'typescript'];

/** What the emulator calls it. */
const SOURCES: Readonly<Record<FrontDoor, string>> = { 'http-api': 'v2', 'rest-api': 'v1', 'function-url': 'function-url' };

export function manifestText({ name, frontDoor, lambent, versions }: ProjectSettings): string {
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, versions[each] ?? '*']));
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      dev: `lambent dev --source ${SOURCES[frontDoor]}`,
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

/** As npm sorts them, so that its first edit doesn't move a line. */
function sorted(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
