import { classFacts, FactWriter, hashOf } from '../../metadata/facts.js';
import type { ModuleReference } from '../../shared/module.js';
import { ruleFacts } from '../../validation/rule-facts.js';
import type { TransformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { ApplicationOptions } from '../options/application-options.js';

/** The options of `create` that planning reads. All others are read at each start, and only checked in the build. */
const PLANNED = [
  'guards',
  'interceptors',
  'pipes',
  'filters',
  'versioning',
  'validation',
  'ignoreTrailingSlash',
  'caseSensitive',
] as const satisfies readonly (keyof ApplicationOptions)[];

/** What a plan was made of: a text for the application as a whole, and one for each decorated class. */
export interface ApplicationFacts {
  readonly texts: readonly string[];
  /** Equal for equal texts. */
  readonly hash: string;
  /** Equal for equal options. */
  readonly optionsHash: string;
}

/** What {@link applicationFacts} reads. */
export interface Planned {
  readonly root: ModuleReference;
  readonly options: ApplicationOptions;
  readonly classes: readonly Function[];
  /** `undefined` where nothing has decorators of class-transformer. */
  readonly maps: TransformerMaps | undefined;
}

/** Returns what planning reads and the environment may decide. */
export function applicationFacts({ root, options, classes, maps }: Planned): ApplicationFacts {
  const writer = new FactWriter(classes);
  const given = PLANNED.map((name) => [name, options[name]]);
  const texts = [writer.write([root, Object.fromEntries(given)]), ...classFacts(classes, writer, ruleFacts(maps))];
  const all = new FactWriter(classes).write(Object.entries(options));
  return { texts, hash: hashOf(texts.join('\n')), optionsHash: hashOf(all) };
}
