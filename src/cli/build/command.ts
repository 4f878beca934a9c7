import type { BuildOptions } from '../../build/build-options.js';
import type { BuildReport } from '../../build/build-report.js';
import { build } from '../../build/build.js';
import { defineCommand, type Flags, type FlagValues } from '../framework/command.js';
import { UsageError } from '../framework/errors.js';
import { projectFolder } from '../project/package-json.js';
import { type BuildTarget, buildTargets } from './build-targets.js';

/** The options of `build()` that make sense on a command line. */
const BUILD_FLAGS = {
  out: { type: 'string', value: 'dir', about: 'the folder, for the bundle alone; bundle unless given' },
  format: { type: 'string', value: 'name', about: 'esm, unless given, or cjs' },
  'no-minify': { type: 'boolean', about: 'leaves the code readable' },
  sourcemaps: { type: 'string', value: 'place', about: 'outside of the bundle, unless given; inside; or none' },
  'runtime-sdk': { type: 'boolean', about: "leaves out the AWS SDK, of which Lambda's runtime has a copy" },
  external: { type: 'string', value: 'names', about: 'packages to leave out, with commas between them' },
  budget: {
    type: 'string',
    value: 'kB',
    about:
      'of the code that is loaded at the start, over which a warning says what is heavy; 500 unless given, and none with --no-minify',
  },
} as const satisfies Flags;

type BuildFlagValues = FlagValues<typeof BUILD_FLAGS>;

type FlaggedOptions = Pick<BuildOptions, 'format' | 'minify' | 'sourcemaps' | 'runtimeSdk' | 'external' | 'budget'>;

const SOURCEMAPS = { outside: 'outside', inside: 'inside', none: false } as const;
const FORMATS = { esm: 'esm', cjs: 'cjs' } as const;

/** @throws UsageError for a value that a flag does not take. */
export function buildOptions({
  format = 'esm',
  sourcemaps = 'outside',
  external,
  budget,
  ...values
}: BuildFlagValues): FlaggedOptions {
  return {
    format: oneOf('format', format, FORMATS),
    minify: values['no-minify'] !== true,
    sourcemaps: oneOf('sourcemaps', sourcemaps, SOURCEMAPS),
    runtimeSdk: values['runtime-sdk'] === true,
    external: (external ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    ...(budget !== undefined && { budget: kilobytesOf(budget) }),
  };
}

function oneOf<T extends object>(flag: string, value: string, choice: T): T[keyof T] {
  if (Object.hasOwn(choice, value)) return choice[value as keyof T];
  throw new UsageError(`--${flag} takes ${Object.keys(choice).join(', ')}, not "${value}".`);
}

function kilobytesOf(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new UsageError(`--budget takes a number of kB over 0, not "${text}".`);
}

export const command = defineCommand({
  name: 'build',
  about:
    'Bundles the functions of the project into folders to deploy; package.json names them, or else it is src/handler.ts.',
  takes: ['[function or file…]'],
  flags: { ...BUILD_FLAGS, json: { type: 'boolean', about: 'prints what was made as JSON, for programs' } },
  examples: [
    ['build', 'every function: bundle/ for one, a folder in it each for several'],
    ['build api jobs', 'these alone'],
    ['build src/tool.ts', 'a source that package.json does not name, into bundle/tool'],
    ['build --sourcemaps inside --external sharp', 'maps in the bundle, and a package left out'],
  ],
  async run(values, names, { cwd, terminal }) {
    const root = projectFolder(cwd);
    const targets = buildTargets({ root, cwd, names, out: values.out });
    const options = { ...buildOptions(values), terminal: { log: terminal.log, warn: terminal.error } };
    const reports: Record<string, BuildReport> = {};
    for (const target of targets) {
      reports[target.name] = await build({ ...options, ...entryOf(target), cwd: root, quiet: values.json === true });
    }
    if (values.json === true) terminal.log(JSON.stringify(reports, null, 2));
  },
});

/** The file goes by the name of the function. */
function entryOf({ name, source, outDir }: BuildTarget): { entry: Record<string, string>; outDir: string } {
  return { entry: { [name]: source }, outDir };
}
