import type { ApplicationPlan } from '../../../../src/application/application-plan.js';
import { resolveConfig } from '../../../../src/application/options/application-config.js';
import { factsHash } from '../../../../src/application/plan/application-facts.js';
import { factTexts } from '../../../../src/application/plan/differing-facts.js';
import { planApplication } from '../../../../src/application/plan/plan-application.js';
import { emitValue } from '../../../../src/build/plan/emit-value.js';
import { refusePromises } from '../../../../src/build/plan/load-lazy-module.js';
import { functionText } from '../../../../src/build/plan/plan-text.js';
import { type Given, HeldValues, type Namespaces } from '../../../../src/build/plan/value-names.js';
import { installReflectMetadata } from '../../../../src/build/reflect-metadata.js';
import { NotEmittable } from '../../../../src/contracts/emittable.js';
import { BootstrapError } from '../../../../src/errors/bootstrap-error.js';
import { decoratedClasses } from '../../../../src/metadata/class-registry.js';
import { transformerMaps } from '../../../../src/validation/transformer/transformer-maps.js';
import { FRAMEWORK } from '../../../emitted/framework.js';
import { type EmittedType, missingTypes, readTypes } from './read-types.js';
import type { Created } from './variant.js';

// As in a bundle, classes that only have the compiler's types are registered, too.
installReflectMetadata();

/** What a build finds out about an application. */
export interface Planned {
  readonly facts: string;
  readonly texts: readonly string[];
  /** The plan as text, or the error of the bootstrap; `undefined` if there is none. */
  readonly plan: string | undefined;
  /** The types that planning reads, but facts don't. */
  readonly unseen: readonly unknown[];
}

/**
 * Makes an application with classes of its own, and plans it as a build does.
 *
 * @param named What the framework exports, besides all that it does.
 */
export async function planned(create: () => Created, named: Readonly<Record<string, unknown>> = {}): Promise<Planned> {
  const before = decoratedClasses().length;
  const { root, options = {} } = create();
  const classes = decoratedClasses().slice(before);
  const subject = { root, options, classes, maps: transformerMaps() };
  const texts = factTexts(subject);
  let facts = '';
  const known = await readTypes(() => void (facts = factsHash(subject)));
  const read: EmittedType[] = [];
  const plan = await planText({ root, options, classes }, new Map([...FRAMEWORK, ['named', named]]), read);
  return { facts, texts, plan, unseen: missingTypes(read, known) };
}

/** @param read The types that planning reads are added to it. */
async function planText(
  { root, options, classes }: Given,
  namespaces: Namespaces,
  read: EmittedType[],
): Promise<string | undefined> {
  try {
    refusePromises(root);
    let made: ApplicationPlan;
    read.push(...(await readTypes(async () => (made = await planApplication(root, resolveConfig(options))))));
    const { describe: _, ...plan } = made!;
    return functionText(emitValue(plan, new HeldValues({ root, options, classes }, namespaces), ''));
  } catch (error) {
    if (error instanceof BootstrapError) return error.message;
    if (error instanceof NotEmittable) return undefined;
    throw error;
  }
}
