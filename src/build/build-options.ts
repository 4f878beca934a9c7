import { BootstrapError } from '../errors/bootstrap-error.js';
import {
  anObject,
  checkOptions,
  flag,
  listOf,
  oneOf,
  type OptionRule,
  type OptionRules,
  text,
} from '../errors/check-options.js';

/** The place of source maps: beside the deployed folder, inside it, or nowhere. */
export type SourceMapPlace = 'outside' | 'inside' | false;

/** Options of `preset`, which `build` also takes. */
export interface PresetOptions {
  /**
   * The module that exports the handler. Several modules make a folder that several functions share. An object also
   * sets the names of the files.
   */
  entry: string | readonly string[] | Readonly<Record<string, string>>;
  /**
   * The folder to deploy. Defaults to `bundle`. Use it for the bundle only, because each build removes the scripts at
   * its top level.
   */
  outDir?: string;
  /**
   * The module format: `esm`, the default, makes `.mjs` files; `cjs` makes `.cjs` files and does not support top-level
   * `await`.
   */
  format?: 'esm' | 'cjs';
  /** Defaults to `true`. Class names are kept either way. */
  minify?: boolean;
  /** Defaults to `outside`: the folder `<outDir>-maps`. */
  sourcemaps?: SourceMapPlace;
  /**
   * Leaves out the AWS SDK, which the Lambda runtime includes. Defaults to `false`, because a bundled SDK starts faster
   * and its version is fixed.
   */
  runtimeSdk?: boolean;
  /** Packages to leave out, such as those with native code or those in a layer. */
  external?: readonly (string | RegExp)[];
  /** Defaults to the nearest `tsconfig.json` of each source. */
  tsconfig?: string;
  /** The folder that relative paths start from. Defaults to the working directory. */
  cwd?: string;
  /**
   * Plans the applications in the build, so that a start reads no metadata, and errors of the bootstrap fail the build.
   * Defaults to `true`: the modules of the application are imported in a process of their own, and nothing is created.
   */
  plan?: boolean;
}

const anExternal: OptionRule = {
  expected: 'text or a regular expression',
  accepts: (value) => typeof value === 'string' || value instanceof RegExp,
};

export const PRESET_RULES: OptionRules<PresetOptions> = {
  entry: {
    expected: 'a path, a list of paths, or paths by name',
    accepts: (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
  },
  outDir: text,
  format: oneOf('esm', 'cjs'),
  minify: flag,
  sourcemaps: oneOf('outside', 'inside', false),
  runtimeSdk: flag,
  external: listOf(anExternal),
  tsconfig: text,
  cwd: text,
  plan: flag,
};

/** Options with their defaults applied. */
export type PresetSettings = Required<Omit<PresetOptions, 'tsconfig'>> & Pick<PresetOptions, 'tsconfig'>;

/** Applies the defaults. @throws BootstrapError for an unknown option or a wrong value. */
export function presetSettings<O extends PresetOptions>(
  options: O,
  rules: OptionRules<O>,
  caller: string,
): PresetSettings {
  checkOptions(options, rules, caller);
  const { entry, outDir = 'bundle', format = 'esm', minify = true, sourcemaps = 'outside', tsconfig } = options;
  const { runtimeSdk = false, external = [], cwd = process.cwd(), plan = true } = options;
  if (entry === undefined || Object.keys(entry).length === 0) {
    throw new BootstrapError(
      `${caller} needs "entry", the module that exports the handler: { entry: 'src/handler.ts' }.`,
    );
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
    plan,
    ...(tsconfig !== undefined && { tsconfig }),
  };
}

/** Returns the paths of the entries, as they were given. */
export function entryPaths({ entry }: Pick<PresetOptions, 'entry'>): readonly string[] {
  return typeof entry === 'string' ? [entry] : Object.values(entry);
}

/** Options for a code cache. */
export interface CodeCacheOptions {
  /**
   * Files with sample events, as JSON: paths from `cwd`. The build sends them to the handler, which runs with the
   * environment variables of the build. The cache contains what V8 compiles meanwhile.
   */
  events: readonly string[];
  /**
   * V8's flags of the function's process, because V8 refuses a cache that was made with others. Defaults to
   * `['--expose-gc']`, which is what Lambda's runtime for Node 24 has.
   */
  flags?: readonly string[];
}

/** Options of `build`. */
export interface BuildOptions extends PresetOptions {
  /**
   * The size in kB (1,000 bytes) of the code loaded at startup, above which a warning names the largest packages and
   * what imports them. Defaults to 500. Code behind an `import()` doesn't count.
   */
  budget?: number;
  /**
   * Ships what V8 compiles at a start, so that starts don't compile it again. One entry, of the format `esm`. The build
   * must run on the function's release of Node and its architecture: V8 refuses other caches, and the start then warns.
   */
  codeCache?: CodeCacheOptions;
  /** Prints the routes, consumers and DTO classes that were planned, and why others were not. */
  explain?: boolean;
  /** Prints every file. By default, many files that are loaded on demand are one line. */
  verbose?: boolean;
  /** Prints nothing. */
  quiet?: boolean;
  /** The terminal: the summary goes to `log`, warnings to `warn`. Defaults to the console. */
  terminal?: Pick<Console, 'log' | 'warn'>;
}

const CODE_CACHE_RULES: OptionRules<CodeCacheOptions> = { events: listOf(text), flags: listOf(text) };

const RULES: OptionRules<BuildOptions> = {
  ...PRESET_RULES,
  codeCache: anObject,
  budget: { expected: 'a number of kB above 0', accepts: (value) => typeof value === 'number' && value > 0 },
  explain: flag,
  verbose: flag,
  quiet: flag,
  terminal: anObject,
};

export type BuildSettings = PresetSettings &
  Pick<Required<BuildOptions>, 'budget' | 'explain' | 'terminal' | 'verbose'> & {
    readonly codeCache?: Required<CodeCacheOptions>;
  };

const SILENT: Pick<Console, 'log' | 'warn'> = { log: () => undefined, warn: () => undefined };

/** Applies the defaults. @throws BootstrapError for an unknown option or a wrong value. */
export function buildSettings(options: BuildOptions): BuildSettings {
  const settings = presetSettings(options, RULES, 'build()');
  const { budget = settings.minify ? 500 : Infinity, explain = false } = options;
  const { verbose = false, quiet = false, terminal = console, codeCache } = options;
  return {
    ...settings,
    budget,
    explain,
    verbose,
    terminal: quiet ? SILENT : terminal,
    ...(codeCache && { codeCache: codeCacheSettings(codeCache, settings) }),
  };
}

function codeCacheSettings(options: CodeCacheOptions, settings: PresetSettings): Required<CodeCacheOptions> {
  checkOptions(options, CODE_CACHE_RULES, 'the option "codeCache"');
  const { events, flags = ['--expose-gc'] } = options;
  const mistake = [
    [events === undefined || events.length === 0, 'needs "events", the files of sample events'],
    [entryPaths(settings).length > 1, 'is for one entry. Build each function into a folder'],
    [settings.format !== 'esm', 'is for the format "esm"'],
  ].find(([found]) => found);
  if (mistake) throw new BootstrapError(`The option "codeCache" ${mistake[1]}.`);
  return { events, flags };
}
