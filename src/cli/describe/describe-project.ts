import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import type { ApplicationOptions } from '../../application/options.js';
import { isDynamicModule, isModuleClass } from '../../modules/module-declaration.js';
import type { ModuleReference } from '../../shared/module.js';
import type { Workplace } from '../command.js';
import type { Flags } from '../define-command.js';
import { projectFolder } from '../package-manifest.js';
import { loadSources } from './load-sources.js';
import { expectFile, type ExportQuery, fileAndName, pickExport } from './project-export.js';

/** For commands that look at the application. */
export const ROOT_FLAGS = {
  module: { type: 'string', short: 'm', value: 'file#export', about: 'the root module; AppModule of src/app.module.ts unless given' },
  options: { type: 'string', short: 'o', value: 'file#export', about: 'the options of create, on which paths with versions and queues of requests depend' },
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
export async function describeProject(values: RootValues, { cwd }: Workplace, plugins: readonly Plugin[] = []): Promise<ApplicationDescription> {
  const root = projectFolder(cwd);
  const place = values.module === undefined ? { file: join(root, 'src', 'app.module.ts'), name: undefined } : fileAndName(values.module, cwd);
  const module: ExportQuery = { ...place, flag: '--module', usual: 'AppModule', fits: (value) => isModuleClass(value) || isDynamicModule(value) };
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
  return { ...fileAndName(text, cwd), flag: '--options', usual: 'options', fits: (value) => typeof value === 'object' && value !== null };
}
