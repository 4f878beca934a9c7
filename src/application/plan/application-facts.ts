import { FactHash } from '../../metadata/fact-hash.js';
import { type FactSink, FactWriter } from '../../metadata/facts.js';
import type { ModuleReference } from '../../shared/module.js';
import { ruleFacts } from '../../validation/rule-facts.js';
import type { TransformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { ApplicationOptions } from '../options/application-options.js';

/** The options of `create` that planning reads. All others are read at each start, and only checked in the build. */
export const PLANNED_OPTIONS = [
  'guards',
  'interceptors',
  'pipes',
  'filters',
  'versioning',
  'validation',
  'ignoreTrailingSlash',
  'caseSensitive',
] as const satisfies readonly (keyof ApplicationOptions)[];

/** An application whose facts are compared. */
export interface FactSubject {
  readonly root: ModuleReference;
  readonly options: ApplicationOptions;
  readonly classes: readonly Function[];
  /** `undefined` where nothing has decorators of class-transformer. */
  readonly maps: TransformerMaps | undefined;
}

/**
 * Writes what planning reads and the environment may decide.
 *
 * @param next Called before each class.
 */
export function writeFacts({ root, options, classes, maps }: FactSubject, sink: FactSink, next?: () => void): void {
  const writer = new FactWriter(classes, sink, ruleFacts(maps));
  writer.open('{');
  writer.member('root', root);
  for (const name of PLANNED_OPTIONS) writer.member(name, options[name]);
  writer.close('}');
  for (const type of classes) {
    next?.();
    writer.class(type);
  }
}

/** Returns a hash of what planning reads. */
export function factsHash(subject: FactSubject): string {
  const hash = new FactHash();
  writeFacts(subject, hash);
  return hash.toString();
}

/** Returns `undefined` for what only the build could read: an object whose members throw, for example. */
export function foundHash(subject: FactSubject): string | undefined {
  try {
    return factsHash(subject);
  } catch {
    return undefined;
  }
}

/**
 * Returns a hash of all options as their check sees them. Every option that may be `true` may be `false`, so the two
 * are alike: an access log that the environment turns on does not load the check at the start.
 */
export function optionsHash({ options, classes }: Pick<FactSubject, 'options' | 'classes'>): string {
  const hash = new FactHash();
  // As lists, in which no member is passed on.
  const entries = Object.entries(options).map(([name, value]) => (typeof value === 'boolean' ? [name] : [name, value]));
  new FactWriter(classes, hash, () => []).write(entries);
  return hash.toString();
}
