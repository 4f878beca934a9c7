import { resolveConfig } from '../../../../src/application/options/application-config.js';
import { factsHash } from '../../../../src/application/plan/application-facts.js';
import { factTexts } from '../../../../src/application/plan/differing-facts.js';
import { planApplication } from '../../../../src/application/plan/plan-application.js';
import { emitValue } from '../../../../src/build/plan/emit-value.js';
import { refusePromises } from '../../../../src/build/plan/load-lazy-module.js';
import { functionText } from '../../../../src/build/plan/plan-text.js';
import { HeldValues } from '../../../../src/build/plan/value-names.js';
import { installReflectMetadata } from '../../../../src/build/reflect-metadata.js';
import { NotEmittable } from '../../../../src/contracts/emittable.js';
import { decoratedClasses } from '../../../../src/metadata/class-registry.js';
import { transformerMaps } from '../../../../src/validation/transformer/transformer-maps.js';
import { FRAMEWORK } from '../../../emitted/framework.js';
import type { Created } from './variant.js';

// As in a bundle, classes that only have the compiler's types are registered, too.
installReflectMetadata();

/** What a build finds out about an application. */
export interface Planned {
  readonly facts: string;
  readonly texts: readonly string[];
  /** The plan as text; `undefined` if there is none. */
  readonly plan: string | undefined;
}

/** Makes an application with classes of its own, and plans it as a build does. */
export async function planned(create: () => Created): Promise<Planned> {
  const before = decoratedClasses().length;
  const { root, options = {} } = create();
  const classes = decoratedClasses().slice(before);
  const subject = { root, options, classes, maps: transformerMaps() };
  const facts = { facts: factsHash(subject), texts: factTexts(subject) };
  try {
    refusePromises(root);
    const { describe: _, ...plan } = await planApplication(root, resolveConfig(options));
    return { ...facts, plan: functionText(emitValue(plan, new HeldValues({ root, options, classes }, FRAMEWORK), '')) };
  } catch (error) {
    if (error instanceof NotEmittable) return { ...facts, plan: undefined };
    throw error;
  }
}
