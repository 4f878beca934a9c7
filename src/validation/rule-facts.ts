import type { FactWriter } from '../metadata/facts.js';
import { recordedRules } from './recorded-rules.js';
import type { TransformerMaps, TypeMetadata } from './transformer/transformer-maps.js';

/**
 * Returns a function that writes what class-validator and class-transformer know of a class itself, and returns the
 * properties that it is about.
 *
 * @param maps `undefined` where nothing has decorators of class-transformer.
 */
export function ruleFacts(maps: TransformerMaps | undefined): (type: Function, writer: FactWriter) => string[] {
  return (type, writer) => {
    const properties: string[] = [];
    writer.list(() => {
      for (const rule of recordedRules(type)) {
        properties.push(rule['propertyName'] as string);
        for (const name of MEMBERS) writer.write(rule[name]);
      }
    });
    if (maps) writer.list(() => writeTransformers(type, maps, writer));
    return properties;
  };
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

function writeTransformers(type: Function, { types, ...others }: TransformerMaps, writer: FactWriter): void {
  for (const [name, one] of types.get(type) ?? [])
    writer.write([name, typeIn(one, String(name)), one.options as unknown]);
  for (const map of Object.values(others)) writer.write(map.get(type));
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
