import type { ProjectSettings } from './project-settings.js';

const PEERS = ['class-transformer', 'class-validator', 'reflect-metadata', 'tsyringe'];
const TOOLS = ['@swc/core', '@swc/jest', '@types/jest', '@types/node', 'jest', 'rolldown', 'typescript'];

export function manifestText({ name, lambent, versions }: ProjectSettings): string {
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, versions[each] ?? '*']));
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      start: 'tsc && node --enable-source-maps dist/local.js',
      test: 'jest',
      types: 'tsc --noEmit',
      build: 'node scripts/bundle.mjs',
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
