import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'rolldown';
import type { ApplicationOptions, Configure } from '../../application/options/application-options.js';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { Terminal } from '../../local/terminal.js';
import { isDynamicModule, isModuleClass } from '../../modules/plan/module-declaration.js';
import type { ModuleReference } from '../../shared/module.js';
import { isFile } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';
import type { CommandContext, Flags } from '../framework/command.js';
import { type Exports, withSources } from './compile-sources.js';
import { projectFolder } from './package-json.js';

/** The flags of commands that describe the application. */
export const ROOT_FLAGS = {
  module: {
    type: 'string',
    short: 'm',
    value: 'file#export',
    about: 'Root module (default: AppModule in src/app.module.ts)',
  },
  options: {
    type: 'string',
    short: 'o',
    value: 'file#export',
    about: 'Options of LambdaApplication.create (default: options in src/options.ts, if that exists)',
  },
} as const satisfies Flags;

/** The values of {@link ROOT_FLAGS}. */
export interface RootValues {
  readonly module?: string;
  readonly options?: string;
}

/**
 * Loads the project's root module and describes the application. Its lazy modules are loaded, too, to check them.
 *
 * @param plugins bundler plugins that read types from the sources.
 * @throws CommandError if there is no root module, BootstrapError for an error in the application.
 */
export async function describeProject(
  values: RootValues,
  { cwd, terminal }: CommandContext,
  plugins: readonly Plugin[] = [],
): Promise<ApplicationDescription> {
  const root = projectFolder(cwd);
  const module = moduleQuery(values.module, root, cwd);
  const options = optionsQuery(values, root, cwd);
  for (const query of [module, options]) if (query) expectFile(query, cwd);
  const files = { module: module.file, ...(options && { options: options.file }) };
  return withSources({ root, files, plugins }, async (loaded) => {
    const reference = pickExport(loaded['module']!, module) as ModuleReference;
    // A file of the usual name may hold something else.
    const given =
      options &&
      (values.options === undefined ? loaded['options']!['options'] : pickExport(loaded['options']!, options));
    try {
      return await describeApplication(reference, (given ?? {}) as ApplicationOptions | Configure, terminal);
    } catch (error) {
      throw given === undefined ? withAdviceOnOptions(error) : error;
    }
  });
}

async function describeApplication(
  root: ModuleReference,
  given: ApplicationOptions | Configure,
  terminal: Terminal,
): Promise<ApplicationDescription> {
  // Imported here because it loads some 300 files, which the help of a command does not need.
  const { givenOptions } = await import('../../application/options/application-options.js');
  const { checkApplicationOptions } = await import('../../application/plan/check-application-options.js');
  const { planApplication } = await import('../../application/plan/plan-application.js');
  const { resolveConfig } = await import('../../application/options/application-config.js');
  const { refuseContradictions } = await import('../../deployment/refuse-contradictions.js');
  const { lazyMistakes } = await import('./lazy-mistakes.js');
  const options = givenOptions(given);
  checkApplicationOptions(options);
  const plan = await planApplication(root, resolveConfig(options));
  const description = await plan.describe!();
  refuseContradictions(description);
  for (const error of await lazyMistakes(plan)) {
    if (error.name === 'BootstrapError') throw error;
    // As in a build: its import may need what only a function has.
    terminal.error(`Warning: A lazy module is not checked, because it cannot be imported here: ${error.message}`);
  }
  return description;
}

/** Adds to an error that asks for an option that this command has read no options. */
function withAdviceOnOptions(error: unknown): unknown {
  if (!(error instanceof BootstrapError) || !error.message.includes('LambdaApplication.create')) return error;
  const advice =
    'This command has read no options. Export those of your handler as "options" from src/options.ts, ' +
    'or name another file and export with --options.';
  return new BootstrapError(`${error.message}\n${advice}`, { cause: error });
}

function moduleQuery(text: string | undefined, root: string, cwd: string): ExportQuery {
  return {
    ...(text === undefined ? { file: join(root, 'src', 'app.module.ts'), name: undefined } : fileAndName(text, cwd)),
    flag: '--module',
    defaultName: 'AppModule',
    fits: (value) => isModuleClass(value) || isDynamicModule(value),
  };
}

/** Returns the place of the options. The default file is for the default module, and may be missing. */
function optionsQuery({ module, options }: RootValues, root: string, cwd: string): ExportQuery | undefined {
  const usual = join(root, 'src', 'options.ts');
  if (options === undefined && (module !== undefined || !isFile(usual))) return undefined;
  return {
    ...(options === undefined ? { file: usual, name: undefined } : fileAndName(options, cwd)),
    flag: '--options',
    defaultName: 'options',
    fits: (value) => typeof value === 'object' && value !== null,
  };
}

/** The export of a file that a flag asks for. */
export interface ExportQuery {
  /** The flag, for messages, such as `--module`. */
  readonly flag: string;
  readonly file: string;
  /** The export that the flag names, if it names one. */
  readonly name: string | undefined;
  /** The export to look for otherwise. */
  readonly defaultName: string;
  fits(value: unknown): boolean;
}

/** Splits `src/app.module.ts#AppModule`. A folder in the path may have a `#` in its name. */
export function fileAndName(text: string, cwd: string): Pick<ExportQuery, 'file' | 'name'> {
  const [, file = '', name] = /^(.*?)(?:#([^#./\\]+))?$/.exec(text) ?? [];
  return { file: resolve(cwd, file), name };
}

/** @throws CommandError if the file does not exist. */
export function expectFile({ flag, file, defaultName }: ExportQuery, cwd: string): void {
  if (isFile(file)) return;
  throw new CommandError(
    `${relative(cwd, file)} is not a file. Pass the right one with ${flag}, as in ${flag} src/main.ts#${defaultName}.`,
  );
}

/**
 * Returns the named export, or else the default one, or else the only one that fits.
 *
 * @throws CommandError if none or several fit.
 */
export function pickExport(exports: Exports, { flag, file, name, defaultName, fits }: ExportQuery): unknown {
  const fitting = Object.keys(exports).filter((each) => fits(exports[each]));
  const chosen = name ?? (fitting.includes(defaultName) || fitting.length !== 1 ? defaultName : fitting[0]!);
  if (exports[chosen] !== undefined) return exports[chosen];
  const found = fitting.length > 0 ? `It exports ${fitting.join(', ')}.` : 'It has no suitable export.';
  throw new CommandError(
    `${file} does not export ${chosen}. ${found} ` +
      `Name an export with ${flag}, as in ${flag} src/main.ts#${defaultName}.`,
  );
}
