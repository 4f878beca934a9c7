import { recordedRules } from './recorded-rules.js';
import type { TransformerMaps, TypeMetadata } from './transformer/transformer-maps.js';

/**
 * Returns what class-validator and class-transformer know of a class itself, for the comparison of a plan's facts, and
 * which properties that is about.
 *
 * @param maps `undefined` where nothing has decorators of class-transformer.
 */
export function ruleFacts(
  maps: TransformerMaps | undefined,
): (type: Function) => { readonly facts: unknown; readonly properties: readonly string[] } {
  return (type) => {
    const rules = recordedRules(type);
    const { types, ...others } = maps ?? {};
    return {
      properties: rules.map(({ propertyName }) => propertyName as string),
      facts: [
        rules.map((rule) => MEMBERS.map((name) => rule[name])),
        [...(types?.get(type) ?? [])].map(([name, one]) => [name, typeIn(one, String(name)), one.options]),
        Object.values(others).map((map) => map.get(type)),
      ],
    };
  };
}

/** Returns what a `@Type` names, as planning sees it: without an object to look at. */
function typeIn({ typeFunction, reflectedType }: TypeMetadata, property: string): unknown {
  if (!typeFunction) return reflectedType;
  try {
    return typeFunction({ newObject: {}, object: {}, property });
  } catch {
    return undefined;
  }
}

/** What a rule is made of. Its `context` is passed on. */
const MEMBERS = [
  'propertyName',
  'type',
  'name',
  'constraintCls',
  'constraints',
  'each',
  'groups',
  'always',
  'message',
  'validationTypeOptions',
] as const;
