import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'rolldown';
import type { ApplicationConfig } from '../../application/options/application-config.js';
import type { ApplicationOptions, Configure } from '../../application/options/application-options.js';
import type { RecordedApplication } from '../../build/plan/recorded-application.js';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isDynamicModule, isModuleClass } from '../../modules/plan/module-declaration.js';
import type { ModuleReference } from '../../shared/module.js';
import { isFile } from '../files/paths.js';
import { CommandError } from '../framework/command-error.js';
import type { CommandContext, Flags } from '../framework/command.js';
import { type Exports, withSources } from './compile-sources.js';
import { applicationOf, createdApplications, soleModule } from './created-applications.js';
import { declaredFunctions, projectFolder } from './package-json.js';

/** The flags of commands that describe the application. */
export const ROOT_FLAGS = {
  module: {
    type: 'string',
    short: 'm',
    value: 'file#export',
    about: 'Root module (default: the one that the handler creates, or AppModule in src/app.module.ts)',
  },
  options: {
    type: 'string',
    short: 'o',
    value: 'file#export',
    about: 'Options of LambdaApplication.create (default: those that the handler passes)',
  },
} as const satisfies Flags;

/** The values of {@link ROOT_FLAGS}. */
export interface RootValues {
  readonly module?: string;
  readonly options?: string;
}

/**
 * Describes the application that the functions of the project create. Their sources are imported, and nothing is
 * created. Lazy modules are loaded, too. What the functions do not tell is read from the usual files.
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
  const [module, options] = [moduleQuery(values.module, root, cwd), optionsQuery(values, root, cwd)];
  const handlers = values.options === undefined ? handlersOf(root) : {};
  if (values.module !== undefined || Object.keys(handlers).length === 0) expectFile(module, cwd);
  if (options) expectFile(options, cwd);
  const files = {
    ...handlers,
    ...(isFile(module.file) && { module: module.file }),
    ...(options && { options: options.file }),
  };
  const warn = (text: string): void => terminal.error(`Warning: ${text}`);
  return withSources({ root, files, plugins }, async (load) => {
    const created = await createdApplications(handlers, { root, load, warn });
    const sole = values.module === undefined ? soleModule(created) : undefined;
    if (!sole) expectFile(module, cwd);
    const reference = sole ?? (pickExport(await load('module'), module) as ModuleReference);
    const application = applicationOf(reference, created, warn);
    if (application) return describeApplication(application, warn);
    const given = options && optionsIn(await load('options'), options, values.options === undefined);
    if (given === undefined && values.module === undefined && Object.keys(handlers).length > 0) warn(NO_OPTIONS);
    try {
      return await describeApplication({ root: reference, config: await configOf(given ?? {}) }, warn);
    } catch (error) {
      throw given === undefined ? withAdviceOnOptions(error) : error;
    }
  });
}

/** Returns the sources of the functions, as far as they exist, by a name for each. */
function handlersOf(root: string): Readonly<Record<string, string>> {
  const sources = new Set(Object.values(declaredFunctions(root)).map((source) => join(root, source)));
  return Object.fromEntries([...sources].filter(isFile).map((source, index) => [`function-${index}`, source]));
}

async function configOf(given: ApplicationOptions | Configure): Promise<ApplicationConfig> {
  const { givenOptions } = await import('../../application/options/application-options.js');
  const { checkApplicationOptions } = await import('../../application/plan/check-application-options.js');
  const { resolveConfig } = await import('../../application/options/application-config.js');
  const options = givenOptions(given);
  checkApplicationOptions(options);
  return resolveConfig(options);
}

async function describeApplication(
  { root, config }: Pick<RecordedApplication, 'root' | 'config'>,
  warn: (text: string) => void,
): Promise<ApplicationDescription> {
  // Imported here because it loads some 300 files, which the help of a command does not need.
  const { planApplication } = await import('../../application/plan/plan-application.js');
  const { refuseContradictions } = await import('../../deployment/refuse-contradictions.js');
  const { lazyMistakes } = await import('./lazy-mistakes.js');
  const plan = await planApplication(root, config);
  const description = await plan.describe!();
  refuseContradictions(description);
  const planner = await plan.lazyPlanner?.();
  if (!planner) return description;
  for (const error of await lazyMistakes(plan.lazyModules!, planner)) {
    if (error.name === 'BootstrapError') throw error;
    // As in a build: its import may need what only a function has.
    warn(`A lazy module is left out, because it cannot be imported here: ${error.message}`);
  }
  return planner.describe!();
}

/** The warning when an application with a handler is described without options. */
const NO_OPTIONS =
  'No function creates the application while its source is imported, so it is described without the options of ' +
  'LambdaApplication.create. If it has some, pass them with --options, as in --options src/options.ts#options.';

/** Adds to an error that asks for an option that this command has found no options. */
function withAdviceOnOptions(error: unknown): unknown {
  if (!(error instanceof BootstrapError) || !error.message.includes('LambdaApplication.create')) return error;
  const advice =
    'This command has found no options, because no function of the project creates this module while its source is ' +
    'imported. Pass them with --options, as in --options src/options.ts#options.';
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

/** Returns the place of options that no handler tells. The usual file is for the default module; it may be missing. */
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

/** @param isUsual whether the file was found by its name: it may hold something else. */
function optionsIn(exports: Exports, query: ExportQuery, isUsual: boolean): ApplicationOptions | Configure | undefined {
  return (isUsual ? exports[query.defaultName] : pickExport(exports, query)) as ApplicationOptions | Configure;
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
