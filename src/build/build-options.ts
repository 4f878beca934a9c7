import { BootstrapError } from '../errors/bootstrap-error.js';
import {
  anObject,
  anything,
  checkOptions,
  flag,
  listOf,
  type Rule,
  type Rules,
  text,
} from '../errors/check-options.js';

/** Where source maps go: beside the folder that is deployed, into it, or nowhere. */
export type SourceMapPlace = 'outside' | 'inside' | false;

/** What `preset` and `build` take of a bundle. */
export interface PresetOptions {
  /**
   * The module that exports the handler; several, for functions that share one folder; or by the name that the file
   * shall have.
   */
  entry: string | readonly string[] | Readonly<Record<string, string>>;
  /**
   * The folder that is deployed, `bundle` unless given. It is for the bundle alone: each build removes the scripts at
   * its top.
   */
  outDir?: string;
  /**
   * `esm` unless given, in files that end in `.mjs`; `cjs` in files that end in `.cjs`, for programs without `await` at
   * the top.
   */
  format?: 'esm' | 'cjs';
  /** `true` unless given. The names of classes are kept either way. */
  minify?: boolean;
  /** `outside` unless given: in the folder `<outDir>-maps`. */
  sourcemaps?: SourceMapPlace;
  /**
   * Leaves out the AWS SDK, of which Lambda's runtime has a copy. `false` unless given: a bundled one starts faster and
   * doesn't change by itself.
   */
  runtimeSdk?: boolean;
  /** Packages that are left out: those with native code, or those of a layer. */
  external?: readonly (string | RegExp)[];
  /** The nearest `tsconfig.json` of each source unless given. */
  tsconfig?: string;
  /** What relative paths start from, the process's folder unless given. */
  cwd?: string;
}

const anExternal: Rule = {
  expected: 'text or a regular expression',
  accepts: (value) => typeof value === 'string' || value instanceof RegExp,
};

export const PRESET_RULES: Rules<PresetOptions> = {
  entry: {
    expected: 'a path, a list of paths, or paths by name',
    accepts: (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
  },
  outDir: text,
  format: anything,
  minify: flag,
  sourcemaps: anything,
  runtimeSdk: flag,
  external: listOf(anExternal),
  tsconfig: text,
  cwd: text,
};

/** The options with their defaults. */
export type PresetSettings = Required<Omit<PresetOptions, 'tsconfig'>> & Pick<PresetOptions, 'tsconfig'>;

/** @throws BootstrapError when an option is unknown, or has a value that it does not take. */
export function presetSettings<O extends PresetOptions>(options: O, rules: Rules<O>, who: string): PresetSettings {
  checkOptions(options, rules, who);
  const { entry, outDir = 'bundle', format = 'esm', minify = true, sourcemaps = 'outside', tsconfig } = options;
  const { runtimeSdk = false, external = [], cwd = process.cwd() } = options;
  refuseUnlessOneOf('format', format, ['esm', 'cjs']);
  refuseUnlessOneOf('sourcemaps', sourcemaps, ['outside', 'inside', false]);
  if (entry === undefined || Object.keys(entry).length === 0) {
    throw new BootstrapError(`${who} needs "entry", the module that exports the handler: { entry: 'src/handler.ts' }.`);
  }
  return {
    entry,
    outDir,
    format,
    minify,
    sourcemaps,
    runtimeSdk,
    external,
    cwd,
    ...(tsconfig !== undefined && { tsconfig }),
  };
}

function refuseUnlessOneOf(name: string, value: unknown, values: readonly unknown[]): void {
  if (values.includes(value)) return;
  throw new BootstrapError(
    `The option "${name}" is ${JSON.stringify(value)}; it takes ${values.map((one) => JSON.stringify(one)).join(', ')}.`,
  );
}

/** What `build` takes. */
export interface BuildOptions extends PresetOptions {
  /**
   * How many kB (1,000 bytes) may be loaded at the start before there is a warning that says what brings in the
   * largest packages; 500 unless given. What is loaded later, behind an `import()`, does not count.
   */
  budget?: number;
  /** Prints nothing. */
  quiet?: boolean;
  /** Where to print: the summary with `log`, warnings with `warn`; the console unless given. */
  terminal?: Pick<Console, 'log' | 'warn'>;
}

const RULES: Rules<BuildOptions> = { ...PRESET_RULES, budget: anything, quiet: flag, terminal: anObject };

export type BuildSettings = PresetSettings & Pick<Required<BuildOptions>, 'budget' | 'terminal'>;

const SILENT: Pick<Console, 'log' | 'warn'> = { log: () => undefined, warn: () => undefined };

/** @throws BootstrapError when an option is unknown, or has a value that it does not take. */
export function buildSettings(options: BuildOptions): BuildSettings {
  const settings = presetSettings(options, RULES, 'build()');
  const { budget = settings.minify ? 500 : Infinity, quiet = false, terminal = console } = options;
  if (!(typeof budget === 'number' && budget > 0))
    throw new BootstrapError(`The option "budget" is ${String(budget)}; it takes a number of kB over 0.`);
  return { ...settings, budget, terminal: quiet ? SILENT : terminal };
}
