import type { BuildOptions } from '../../build/build-options.js';
import type { BuildReport } from '../../build/build-report.js';
import { build } from '../../build/build.js';
import { commaSeparated } from '../../shared/comma-separated.js';
import { oneOf } from '../framework/choices.js';
import { UsageError } from '../framework/command-error.js';
import { defineCommand, type Flags, type FlagValues } from '../framework/command.js';
import { projectFolder } from '../project/package-json.js';
import { buildTargets } from './build-targets.js';
import { codeCacheOptions } from './code-cache-options.js';

/** The options of `build()` that make sense on a command line. */
const BUILD_FLAGS = {
  out: { type: 'string', value: 'dir', about: 'Output folder (default: bundle)' },
  format: { type: 'string', value: 'name', about: 'Module format: esm or cjs (default: esm)' },
  'no-minify': { type: 'boolean', about: 'Keep the code readable' },
  sourcemaps: {
    type: 'string',
    value: 'place',
    about: 'Source maps: outside of the bundle, inside or none (default: outside)',
  },
  'runtime-sdk': { type: 'boolean', about: "Leave out the AWS SDK and use the one in Lambda's runtime" },
  external: { type: 'string', value: 'names', about: 'Packages to leave out, separated by commas' },
  'no-plan': {
    type: 'boolean',
    about: 'Plan at each start instead of in the build, which then does not import the application',
  },
  'code-cache': {
    type: 'string',
    value: 'events',
    about:
      'Ship the code that V8 compiles for a start and these sample events: JSON files, separated by commas, or a ' +
      'folder with a folder of them for each function',
  },
  'code-cache-flags': {
    type: 'string',
    value: 'flags',
    about: "V8's flags of the function's process, separated by spaces (default: --expose-gc)",
  },
  explain: { type: 'boolean', about: 'Show what was planned in the build, and why the rest was not' },
  verbose: { type: 'boolean', about: 'List every file; otherwise, files loaded on demand are one line' },
  budget: {
    type: 'string',
    value: 'kB',
    about: 'Warn if the code loaded at the start is larger (default: 500; no limit with --no-minify)',
  },
} as const satisfies Flags;

export const command = defineCommand({
  name: 'build',
  about:
    'Bundle functions into folders to deploy. package.json lists the functions; by default there is one, in ' +
    'src/handler.ts.',
  positionals: ['[function or file…]'],
  flags: { ...BUILD_FLAGS, json: { type: 'boolean', about: 'Print a report as JSON' } },
  examples: [
    ['build', 'All functions: one into bundle/, several into a folder each'],
    ['build api jobs', 'Only these functions'],
    ['build src/tool.ts', 'A source that package.json does not list, into bundle/tool'],
    ['build api --code-cache events/order.json', 'With a code cache, made by sending the event to the handler'],
    ['build --code-cache events', 'The same for all functions: events/api/order.json, events/jobs/message.json'],
    ['build --sourcemaps inside --external sharp', 'Include source maps, leave out a package'],
  ],
  async run(values, names, { cwd, terminal }) {
    const root = projectFolder(cwd);
    const targets = buildTargets({ root, cwd, names, out: values.out });
    const caches = codeCacheOptions(
      values,
      cwd,
      targets.map(({ name }) => name),
    );
    const options = { ...buildOptions(values), terminal: { log: terminal.log, warn: terminal.error } };
    const reports: Record<string, BuildReport> = {};
    for (const [index, { name, source, outDir }] of targets.entries()) {
      const target = { entry: { [name]: source }, outDir, cwd: root, ...caches[index] };
      reports[name] = await build({ ...options, ...target, quiet: values.json === true });
    }
    if (values.json === true) terminal.log(JSON.stringify(reports, null, 2));
  },
});

type FlaggedOptions = Pick<
  BuildOptions,
  'format' | 'minify' | 'sourcemaps' | 'runtimeSdk' | 'external' | 'budget' | 'plan' | 'explain' | 'verbose'
>;

const FORMATS = { esm: 'esm', cjs: 'cjs' } as const;
const SOURCEMAPS = { outside: 'outside', inside: 'inside', none: false } as const;

/** @throws UsageError for an invalid value of a flag. */
export function buildOptions({
  format = 'esm',
  sourcemaps = 'outside',
  external = '',
  budget,
  ...values
}: FlagValues<typeof BUILD_FLAGS>): FlaggedOptions {
  return {
    format: oneOf('format', format, FORMATS),
    minify: values['no-minify'] !== true,
    sourcemaps: oneOf('sourcemaps', sourcemaps, SOURCEMAPS),
    runtimeSdk: values['runtime-sdk'] === true,
    external: commaSeparated(external),
    plan: values['no-plan'] !== true,
    explain: values.explain === true,
    verbose: values.verbose === true,
    ...(budget !== undefined && { budget: kilobytesOf(budget) }),
  };
}

function kilobytesOf(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new UsageError(`--budget must be a number of kB greater than 0, not "${text}".`);
}
