import type { FactWriter, MoreFacts } from '../metadata/facts.js';
import { recordedConstraints, type RecordedRule, recordedRules } from './recorded-rules.js';
import { ignoresObject } from './transformer/ignores-object.js';
import type { TransformerMaps, TypeMetadata } from './transformer/transformer-maps.js';

/**
 * Returns a function that writes what class-validator and class-transformer know of a class itself, and returns the
 * properties that it is about.
 *
 * @param maps `undefined` where nothing has decorators of class-transformer.
 */
export function ruleFacts(maps: TransformerMaps | undefined): MoreFacts {
  return (type, writer) => {
    const properties: string[] = [];
    for (const rule of recordedRules(type)) {
      properties.push(rule['propertyName'] as string);
      writeRule(rule, writer);
    }
    if (maps) writeTransformers(type, maps, { writer, properties });
    return properties;
  };
}

function writeRule(rule: RecordedRule, writer: FactWriter): void {
  writer.open('{');
  for (const name of MEMBERS) {
    const value = rule[name];
    if (value === undefined) continue;
    writer.key(name);
    writer.write(value);
  }
  if (rule['constraintCls'] !== undefined) writer.identity(rule['constraintCls']);
  // A validator that is a class says itself what the rule is called.
  if (rule['name'] === undefined) for (const { name } of recordedConstraints(rule)) writer.name(name);
  // Plans pass it on, where there is one.
  if (rule['context']) writer.name('context');
  if (Array.isArray(rule['constraints'])) writeConstraints(rule['constraints'], writer);
  writer.close('}');
}

const MEMBERS = [
  'propertyName',
  'type',
  'name',
  'each',
  'groups',
  'always',
  'message',
  'validateIf',
  'validationTypeOptions',
];

function writeConstraints(constraints: readonly unknown[], writer: FactWriter): void {
  writer.key('constraints');
  writer.open('[');
  for (const constraint of constraints) {
    // Plans refer to lists, which may be long, and differ.
    if (Array.isArray(constraint)) writer.kinds(constraint);
    else writer.write(constraint);
  }
  writer.close(']');
}

interface Written {
  readonly writer: FactWriter;
  readonly properties: string[];
}

function writeTransformers(type: Function, maps: TransformerMaps, { writer, properties }: Written): void {
  for (const [name, one] of maps.types.get(type) ?? []) {
    properties.push(name!);
    writer.key(name);
    writer.write(typeIn(one, name!));
    writer.write(ignoresObject(one));
    writer.write(one);
  }
  for (const kind of ['transforms', 'exposed', 'excluded'] as const) {
    const map = maps[kind].get(type);
    if (!map) continue;
    writer.key(kind);
    writer.write(map);
    for (const name of map.keys()) if (name !== undefined) properties.push(name);
  }
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
