import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import type { ApplicationOptions } from '../../application/options/application-options.js';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import { isDynamicModule, isModuleClass } from '../../modules/plan/module-declaration.js';
import type { ModuleReference } from '../../shared/module.js';
import type { CommandContext, Flags } from '../framework/command.js';
import { loadSources } from './compile-sources.js';
import { expectFile, type ExportQuery, fileAndName, pickExport } from './export-query.js';
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
    about: 'Options of LambdaApplication.create, if they change paths or queues (versioning, requestsVia)',
  },
} as const satisfies Flags;

/** The values of {@link ROOT_FLAGS}. */
export interface RootValues {
  readonly module?: string;
  readonly options?: string;
}

/**
 * Loads the project's root module and describes the application.
 *
 * @param plugins bundler plugins that read types from the sources.
 * @throws CommandError if there is no root module, BootstrapError for an error in the application.
 */
export async function describeProject(
  values: RootValues,
  { cwd }: CommandContext,
  plugins: readonly Plugin[] = [],
): Promise<ApplicationDescription> {
  const root = projectFolder(cwd);
  const module = moduleQuery(values.module, root, cwd);
  const options = values.options === undefined ? undefined : optionsQuery(values.options, cwd);
  for (const query of [module, options]) if (query) expectFile(query, cwd);
  const loaded = await loadSources(root, { module: module.file, ...(options && { options: options.file }) }, plugins);
  // Imported here because it loads some 300 files, which the help of a command does not need.
  const { checkApplicationOptions } = await import('../../application/plan/check-application-options.js');
  const { describeSettled } = await import('../../application/plan/describe-application.js');
  const { resolveConfig } = await import('../../application/options/application-config.js');
  const { refuseContradictions } = await import('../../deployment/refuse-contradictions.js');
  const reference = pickExport(loaded['module']!, module) as ModuleReference;
  const given = options ? (pickExport(loaded['options']!, options) as ApplicationOptions) : {};
  checkApplicationOptions(given);
  const description = await describeSettled(reference, resolveConfig(given));
  refuseContradictions(description);
  return description;
}

function moduleQuery(text: string | undefined, root: string, cwd: string): ExportQuery {
  return {
    ...(text === undefined ? { file: join(root, 'src', 'app.module.ts'), name: undefined } : fileAndName(text, cwd)),
    flag: '--module',
    defaultName: 'AppModule',
    fits: (value) => isModuleClass(value) || isDynamicModule(value),
  };
}

function optionsQuery(text: string, cwd: string): ExportQuery {
  return {
    ...fileAndName(text, cwd),
    flag: '--options',
    defaultName: 'options',
    fits: (value) => typeof value === 'object' && value !== null,
  };
}
