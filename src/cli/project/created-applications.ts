import { relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RecordedApplication } from '../../build/plan/recorded-application.js';
import { isDynamicModule } from '../../modules/plan/module-declaration.js';
import type { ModuleReference } from '../../shared/module.js';
import type { Constructor } from '../../shared/types.js';
import { FRAMEWORK, type ImportSource } from './compile-sources.js';

/** An application that a source creates. */
export interface CreatedApplication extends RecordedApplication {
  /** The path of the source in the project. */
  readonly source: string;
}

/** The context of an import. */
interface Reading {
  /** The project's folder. */
  readonly root: string;
  readonly load: ImportSource;
  /** Tells the user what is not known. */
  readonly warn: (text: string) => void;
}

/**
 * Imports sources and returns the applications that they create meanwhile. As in a build, `LambdaApplication.create`
 * only records what it is given, from here to the end of the process.
 *
 * @param sources paths by the names to load.
 * @throws BootstrapError for wrong options of `create`, and for other mistakes that an import shows.
 */
export async function createdApplications(
  sources: Readonly<Record<string, string>>,
  { root, load, warn }: Reading,
): Promise<readonly CreatedApplication[]> {
  // Imported here because it loads some 300 files, which the help of a command does not need.
  const recorder = await import('../../build/plan/recorded-application.js');
  const { LambdaApplication } = (await load(FRAMEWORK)) as { readonly LambdaApplication: object };
  Object.assign(LambdaApplication, { create: recorder.LambdaApplication.create });
  const all: CreatedApplication[] = [];
  for (const [name, path] of Object.entries(sources)) {
    const source = relative(root, path);
    recorder.recordedApplications.length = 0;
    const error = await load(name).then(
      () => undefined,
      (reason: unknown) => Object(reason) as Error,
    );
    if (error?.name === 'BootstrapError') throw error;
    const created = recorder.recordedApplications.map((one) => ({ ...one, source }));
    // What a source does after it has created its application, such as waiting for it, does not matter here.
    if (error && created.length === 0)
      warn(`${source} cannot be imported here, so the options of its application are not known: ${error.message}`);
    all.push(...created);
  }
  return all;
}

/** Returns the root module that all applications have, if they all have the same. */
export function soleModule(applications: readonly CreatedApplication[]): ModuleReference | undefined {
  const [first, ...others] = applications;
  return others.every(({ root }) => classOf(root) === classOf(first!.root)) ? first?.root : undefined;
}

/** Returns the first application with a root module, and warns if another one differs. */
export function applicationOf(
  module: ModuleReference,
  applications: readonly CreatedApplication[],
  warn: Reading['warn'],
): CreatedApplication | undefined {
  const [first, ...others] = applications.filter(({ root }) => classOf(root) === classOf(module));
  const different = others.find((other) => !isDeepStrictEqual(givenTo(other), givenTo(first!)));
  if (different)
    warn(
      `${first!.source} and ${different.source} create ${classOf(module).name} with different options. Those of ` +
        `${first!.source} are used here. For the others, pass --options.`,
    );
  return first;
}

function classOf(module: ModuleReference): Constructor {
  return isDynamicModule(module) ? module.module : module;
}

function givenTo({ root, config }: CreatedApplication): readonly unknown[] {
  return [root, config.options];
}
