import type { JsonSchema } from '../../shared/json-schema.js';
import type { SchemaSource } from './schema-source.js';

/** The place of a part of a schema: the members that lead to it from the root. */
type Place = readonly string[];

/** Parts of a schema by address, as references name them: by `$id`, or `$id` and `#` with an anchor. */
type Places = ReadonlyMap<string, Place>;

/**
 * Moves a schema that refers to parts of itself to the named schemas, each definition under a name of its own: inside a
 * document its references would start at the document's root.
 *
 * References by pointer, `$id` and anchor all become pointers to the named schemas, which have no `$id`: with one, they
 * would be documents of their own. So an `$id` is also left out where a reference to the API document starts from it.
 * References to other documents stay as they are.
 */
export function withHoistedDefinitions(schema: JsonSchema, source: SchemaSource): JsonSchema {
  // Several routes may use it, each with a copy.
  return source.once(schema, () => hoisted(schema, source));
}

function hoisted(schema: JsonSchema, source: SchemaSource): JsonSchema {
  const { $defs = {}, ...root } = schema as JsonSchema & { $defs?: Record<string, JsonSchema> };
  const places = new Map<string, Place>();
  visit(schema, [], ROOT, (part, place, base) => {
    for (const address of addressesOf(part, base)) places.set(address, place);
  });
  const inside = (reference: string, base: string) => {
    const place = placeOf(reference, base, places);
    return place && hasPlace(schema, place) ? place : undefined;
  };
  if (!refers(schema, (reference, base) => inside(reference, base) !== undefined))
    return refers(root, isMisplaced) ? (withNewReferences(root, ROOT, outside) as JsonSchema) : root;
  const name = source.freeName(root.title ?? 'Schema');
  const names = new Map<string, string>();
  for (const key of Object.keys($defs)) names.set(key, freeName(`${name}.${key}`, [...names.values()], source));
  const pointerTo = (place: Place) => {
    const [first, key = '', ...rest] = place;
    const definition = first === '$defs' ? names.get(key) : undefined;
    return definition === undefined ? pointer(name, place) : pointer(definition, rest);
  };
  const { $defs: definitions = {}, ...whole } = withNewReferences(schema, ROOT, (reference, base) => {
    const place = inside(reference, base);
    return place ? pointerTo(place) : outside(reference, base);
  }) as typeof schema & { $defs?: Record<string, JsonSchema> };
  for (const [key, definition] of Object.entries(definitions)) source.add(names.get(key)!, definition);
  return source.add(name, whole);
}

function freeName(preferred: string, taken: readonly string[], source: SchemaSource): string {
  const name = source.freeName(preferred);
  return taken.includes(name) ? freeName(`${name}_`, taken, source) : name;
}

/** The address of a schema without `$id`. */
const ROOT = 'https://schema.invalid/';

/** Keywords whose values are data, in which nothing is a reference. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'example', 'examples']);
/** Keywords whose members have names that users choose. */
const NAMED: ReadonlySet<string> = new Set(['$defs', 'dependentSchemas', 'patternProperties', 'properties']);

type Visitor = (part: JsonSchema, place: Place, base: string) => void;

/** Calls a function with every part of a schema, its place, and the address that its references start from. */
function visit(part: unknown, place: Place, base: string, visitor: Visitor): void {
  if (typeof part !== 'object' || part === null) return;
  const schema = part as JsonSchema;
  const own = baseOf(schema, base);
  visitor(schema, place, own);
  for (const [key, member] of Object.entries(schema)) {
    if (DATA.has(key)) continue;
    if (!NAMED.has(key)) visit(member, [...place, key], own, visitor);
    else for (const [name, named] of Object.entries(member ?? {})) visit(named, [...place, key, name], own, visitor);
  }
}

function baseOf({ $id }: JsonSchema, base: string): string {
  return typeof $id === 'string' ? resolved($id, base) : base;
}

function addressesOf(part: JsonSchema, base: string): string[] {
  const anchors = [part['$anchor'], part['$dynamicAnchor']].filter((anchor) => typeof anchor === 'string');
  return [
    ...(typeof part['$id'] === 'string' ? [base] : []),
    ...anchors.map((anchor) => `${withoutFragment(base)}#${anchor}`),
  ];
}

function refers(schema: JsonSchema, accepts: (reference: string, base: string) => boolean): boolean {
  let found = false;
  visit(schema, [], ROOT, ({ $ref }, _place, base) => {
    found ||= typeof $ref === 'string' && accepts($ref, base);
  });
  return found;
}

/** Whether a reference to the API document starts from an `$id`, where it would lead to another document. */
function isMisplaced(reference: string, base: string): boolean {
  return base !== ROOT && isOfDocument(reference);
}

function isOfDocument(reference: string): boolean {
  return reference.startsWith('#/components/');
}

/** Returns a reference to another document, or to the API document, as it is without the `$id` that it starts from. */
function outside(reference: string, base: string): string {
  return base === ROOT || isOfDocument(reference) ? reference : resolved(reference, base);
}

/** Whether a schema has such a part: one that is written by hand may also refer to those of the API document. */
function hasPlace(schema: unknown, [key, ...rest]: Place): boolean {
  if (key === undefined) return true;
  return typeof schema === 'object' && schema !== null && Object.hasOwn(schema, key)
    ? hasPlace(Reflect.get(schema, key), rest)
    : false;
}

/** Returns what a reference leads to; `undefined` for another document. */
function placeOf(reference: string, base: string, places: Places): Place | undefined {
  const address = resolved(reference, base);
  const document = withoutFragment(address);
  const start = places.get(document) ?? (document === ROOT ? [] : undefined);
  const fragment = address.slice(document.length + 1);
  if (fragment === '') return start;
  if (!fragment.startsWith('/')) return places.get(address);
  return start && [...start, ...fragment.slice(1).split('/').map(keyOf)];
}

/** https://datatracker.ietf.org/doc/html/rfc6901#section-6 */
function keyOf(token: string): string {
  return unescaped(token).replaceAll('~1', '/').replaceAll('~0', '~');
}

function unescaped(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function pointer(name: string, place: Place): string {
  const tokens = place.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
  return `#/components/schemas/${name}${tokens.join('')}`;
}

function resolved(reference: string, base: string): string {
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

function withoutFragment(address: string): string {
  return address.replace(/#.*$/s, '');
}

type NewReference = (reference: string, base: string) => string;

/** Returns a copy with other references, and without what the old ones named. */
function withNewReferences(part: unknown, base: string, change: NewReference): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((item) => withNewReferences(item, base, change));
  const own = baseOf(part as JsonSchema, base);
  const copied = (value: unknown) => withNewReferences(value, own, change);
  const entries = Object.entries(part)
    .filter(([key, value]) => !(NAMES.has(key) && typeof value === 'string'))
    .map(([key, value]): [string, unknown] => {
      if (DATA.has(key)) return [key, value];
      if (key === '$ref' && typeof value === 'string') return [key, change(value, own)];
      return [key, NAMED.has(key) ? membersOf(value, copied) : copied(value)];
    });
  return Object.fromEntries(entries);
}

const NAMES: ReadonlySet<string> = new Set(['$id', '$anchor']);

function membersOf(value: unknown, copied: (value: unknown) => unknown): unknown {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, named]) => [name, copied(named)]));
}
