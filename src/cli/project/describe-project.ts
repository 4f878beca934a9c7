import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'rolldown';
import type { ApplicationOptions } from '../../application/options/application-options.js';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import { isDynamicModule, isModuleClass } from '../../modules/plan/module-declaration.js';
import type { ModuleReference } from '../../shared/module.js';
import { isFile } from '../files/paths.js';
import type { Flags, Workplace } from '../framework/command.js';
import { CommandError } from '../framework/errors.js';
import { type Exports, loadSources } from './compile-sources.js';
import { projectFolder } from './package-json.js';

/** For commands that look at the application. */
export const ROOT_FLAGS = {
  module: {
    type: 'string',
    short: 'm',
    value: 'file#export',
    about: 'the root module; AppModule of src/app.module.ts unless given',
  },
  options: {
    type: 'string',
    short: 'o',
    value: 'file#export',
    about: 'the options of create, on which paths with versions and queues of requests depend',
  },
} as const satisfies Flags;

/** Values of those flags. */
export interface RootValues {
  readonly module?: string;
  readonly options?: string;
}

/**
 * What the application of the project is made of.
 *
 * @param plugins for what is to be read of the sources beside what they say when they run.
 * @throws CommandError when there is no root module to be found, BootstrapError for a mistake in the application.
 */
export async function describeProject(
  values: RootValues,
  { cwd }: Workplace,
  plugins: readonly Plugin[] = [],
): Promise<ApplicationDescription> {
  const root = projectFolder(cwd);
  const place =
    values.module === undefined
      ? { file: join(root, 'src', 'app.module.ts'), name: undefined }
      : fileAndName(values.module, cwd);
  const module: ExportQuery = {
    ...place,
    flag: '--module',
    usual: 'AppModule',
    fits: (value) => isModuleClass(value) || isDynamicModule(value),
  };
  const options = values.options === undefined ? undefined : optionsQuery(values.options, cwd);
  for (const query of [module, options]) if (query) expectFile(query, cwd);
  const loaded = await loadSources(root, { module: module.file, ...(options && { options: options.file }) }, plugins);
  // Three hundred files, which the help of a command needs not.
  const { LambdaApplication } = await import('../../application/lambda-application.js');
  const { refuseContradictions } = await import('../../deployment/refuse-contradictions.js');
  const description = LambdaApplication.describe(
    pickExport(loaded['module']!, module) as ModuleReference,
    options && (pickExport(loaded['options']!, options) as ApplicationOptions),
  );
  refuseContradictions(description);
  return description;
}

function optionsQuery(text: string, cwd: string): ExportQuery {
  return {
    ...fileAndName(text, cwd),
    flag: '--options',
    usual: 'options',
    fits: (value) => typeof value === 'object' && value !== null,
  };
}

/** What a flag asks for: one of what a file exports. */
export interface ExportQuery {
  /** For messages, as in `--module`. */
  readonly flag: string;
  readonly file: string;
  /** As the flag says; it may leave it to {@link usual}. */
  readonly name: string | undefined;
  /** What it goes by in most projects. */
  readonly usual: string;
  fits(value: unknown): boolean;
}

/** Reads `src/app.module.ts#AppModule`; a folder on the way may have such a sign in its name. */
export function fileAndName(text: string, cwd: string): Pick<ExportQuery, 'file' | 'name'> {
  const [, file = '', name] = /^(.*?)(?:#([^#./\\]+))?$/.exec(text) ?? [];
  return { file: resolve(cwd, file), name };
}

/** @throws CommandError when the file is not there. */
export function expectFile({ flag, file, usual }: ExportQuery, cwd: string): void {
  if (isFile(file)) return;
  throw new CommandError(
    `There is no file ${relative(cwd, file)}: say by ${flag} where it is, as in ${flag} src/main.ts#${usual}.`,
  );
}

/**
 * The export that was named, else the usual one, else the only one that fits.
 *
 * @throws CommandError when there is none, or several.
 */
export function pickExport(exports: Exports, { flag, file, name, usual, fits }: ExportQuery): unknown {
  const fitting = Object.keys(exports).filter((each) => fits(exports[each]));
  const chosen = name ?? (fitting.includes(usual) || fitting.length !== 1 ? usual : fitting[0]!);
  if (exports[chosen] !== undefined) return exports[chosen];
  const choice = fitting.length > 0 ? `it has ${fitting.join(', ')}` : 'it has nothing that would do';
  throw new CommandError(
    `${file} does not export ${chosen}; ${choice}. Say by ${flag} what to take, as in ${flag} src/main.ts#${usual}.`,
  );
}
