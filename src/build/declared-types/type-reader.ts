import { propertyKey } from '../literals.js';
import { nameOf, partsOf, type Syntax } from '../syntax.js';
import type { SourceNames } from './source-names.js';

/** A name in a schema, which is resolved when the document is created. */
class NamedValue {
  constructor(readonly name: string) {}
}

/**
 * Returns JavaScript source for data, with references for the names in it.
 *
 * @param local Returns the local name in the file.
 */
export function toSource(value: unknown, local: (name: string) => string): string {
  if (value instanceof NamedValue) return `()=>${local(value.name)}`;
  if (Array.isArray(value)) return `[${value.map((item) => toSource(item, local)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${propertyKey(key)}:${toSource(member, local)}`).join(',')}}`;
}

/** The schema of a type: `DeclaredType` of src/metadata/declared-types.ts, with names that are not resolved yet. */
type Schema = NamedValue | Readonly<Record<string, unknown>>;

/** A type, separated from `null` and `undefined`. */
export interface ReadType {
  /** `undefined` when the type cannot be described. */
  readonly schema: Schema | undefined;
  readonly nullable: boolean;
  readonly optional: boolean;
}

const KEYWORDS: Readonly<Record<string, Schema>> = {
  TSStringKeyword: { type: 'string' },
  TSNumberKeyword: { type: 'number' },
  TSBooleanKeyword: { type: 'boolean' },
  TSBigIntKeyword: new NamedValue('BigInt'),
  TSObjectKeyword: { type: 'object' },
  TSTemplateLiteralType: { type: 'string' },
};
const GLOBALS: Readonly<Record<string, Schema>> = {
  Date: { type: 'string', format: 'date-time' },
  Buffer: new NamedValue('Buffer'),
  Uint8Array: new NamedValue('Uint8Array'),
  Blob: new NamedValue('Blob'),
  ReadableStream: new NamedValue('ReadableStream'),
};
const LISTS: ReadonlySet<string> = new Set(['Array', 'ReadonlyArray', 'Iterable']);
const SETS: ReadonlySet<string> = new Set(['Set', 'ReadonlySet']);

/** Reads the types of one file. */
export class TypeReader {
  /** @param canName Whether the document may refer to an imported name, which must be a class or an enum. */
  constructor(
    private readonly names: SourceNames,
    private readonly canName: (local: string) => boolean,
    /** Type parameters, and aliases that are being read: a recursive reference is not described. */
    private readonly hidden: ReadonlySet<string> = new Set(),
  ) {}

  /** Returns a reader for the inside of a class or a method, which may have type parameters. */
  within(node: Syntax | undefined): TypeReader {
    const own = (node?.typeParameters?.params ?? []).map(
      ({ name }) => (typeof name === 'string' ? name : nameOf(name))!,
    );
    return this.#without(own);
  }

  #without(names: readonly string[]): TypeReader {
    return names.length === 0 ? this : new TypeReader(this.names, this.canName, new Set([...this.hidden, ...names]));
  }

  read(node: Syntax): ReadType {
    const parts = this.#parts(node);
    const rest = parts.filter(({ node: { type } }) => !EMPTY.has(type));
    const has = (...types: string[]) => parts.some(({ node: { type } }) => types.includes(type));
    return {
      schema: rest.length === 0 ? undefined : unionOf(rest),
      nullable: has('TSNullKeyword'),
      optional: has('TSUndefinedKeyword', 'TSVoidKeyword'),
    };
  }

  /** Returns the members of a union, with aliases of this file resolved. */
  #parts(node: Syntax): Part[] {
    if (node.type === 'TSParenthesizedType') return this.#parts(node.typeAnnotation!);
    if (node.type === 'TSUnionType') return node.types!.flatMap((type) => this.#parts(type));
    const alias = this.#declared(node);
    if (alias?.type !== 'TSTypeAliasDeclaration') return [{ node, schema: () => this.#one(node) }];
    return this.#without([nameOf(alias.id)!]).#parts(alias.typeAnnotation!);
  }

  /** Returns the alias or interface of this file that a type refers to. */
  #declared(node: Syntax): Syntax | undefined {
    const name = nameOf(node.typeName);
    if (node.type !== 'TSTypeReference' || name === undefined || this.hidden.has(name)) return undefined;
    const found = this.names.types.get(name);
    return found?.typeParameters ? undefined : found;
  }

  #one(node: Syntax): Schema | undefined {
    if (node.type === 'TSTypeOperator' && node.operator === 'readonly') return this.#one(node.typeAnnotation!);
    if (node.type === 'TSArrayType') return this.#list(node.elementType);
    if (node.type === 'TSTypeLiteral') return this.#object(node.members ?? []);
    if (node.type === 'TSTypeReference') return this.#named(node);
    const literal = literalOf(node);
    return literal ? enumOf([literal.value]) : KEYWORDS[node.type];
  }

  #list(item: Syntax | undefined): Schema {
    return { type: 'array', items: (item && this.#inner(item)) ?? {} };
  }

  /** Describes a part of a type, which may include `null`. */
  #inner(node: Syntax): Schema | undefined {
    const { schema, nullable } = this.read(node);
    return schema && nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
  }

  #named(node: Syntax): Schema | undefined {
    const name = nameOf(node.typeName);
    if (name === undefined || this.hidden.has(name)) return undefined;
    const { types, values, imports } = this.names;
    if (types.has(name)) return this.#interface(this.#declared(node));
    const isGeneric = node.typeArguments != null;
    if (values.has(name) || imports.has(name))
      return !isGeneric && (values.has(name) || this.canName(name)) ? new NamedValue(name) : undefined;
    return isGeneric
      ? this.#generic(name, node.typeArguments!.params ?? [])
      : Object.hasOwn(GLOBALS, name)
        ? GLOBALS[name]
        : undefined;
  }

  #interface(found: Syntax | undefined): Schema | undefined {
    const isPlain = found?.type === 'TSInterfaceDeclaration' && (found.extends ?? []).length === 0;
    return isPlain ? this.#without([nameOf(found.id)!]).#object(partsOf(found)) : undefined;
  }

  #generic(name: string, [first, second]: readonly Syntax[]): Schema | undefined {
    if (LISTS.has(name)) return this.#list(first);
    if (SETS.has(name)) return { ...this.#list(first), uniqueItems: true };
    if (name === 'Readonly' && first) return this.#one(first);
    if (name !== 'Record' || !second) return undefined;
    return { type: 'object', additionalProperties: this.#inner(second) ?? {} };
  }

  #object(members: readonly Syntax[]): Schema {
    const properties = members.filter(({ type, computed }) => type === 'TSPropertySignature' && !computed);
    const read = properties.map(({ key, optional, typeAnnotation }) => ({
      name: nameOf(key)!,
      optional,
      type: typeAnnotation?.typeAnnotation,
    }));
    const required = read
      .filter(({ optional, type }) => !optional && !(type && this.read(type).optional))
      .map(({ name }) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(read.map(({ name, type }) => [name, (type && this.#inner(type)) ?? {}])),
      ...(required.length > 0 && { required }),
    };
  }
}

/** A member of a union, and how to describe it. */
interface Part {
  readonly node: Syntax;
  schema(): Schema | undefined;
}

function unionOf(parts: readonly Part[]): Schema | undefined {
  const literals = parts.map(({ node }) => literalOf(node));
  if (literals.every((literal) => literal !== undefined)) return enumOf(literals.map(({ value }) => value));
  const schemas = parts.map((part) => part.schema());
  if (schemas.length === 1 || schemas.includes(undefined)) return schemas.length === 1 ? schemas[0] : undefined;
  return { anyOf: schemas };
}

const EMPTY: ReadonlySet<string> = new Set(['TSNullKeyword', 'TSUndefinedKeyword', 'TSVoidKeyword', 'TSNeverKeyword']);

/** Returns the value of a JSON literal, which may be an initial value or in a type. */
export function literalOf(node: Syntax): { readonly value: string | number | boolean } | undefined {
  const inner = node.literal ?? node;
  if (inner.type === 'UnaryExpression' && inner.operator === '-' && typeof inner.argument?.value === 'number')
    return { value: -inner.argument.value };
  if (inner.type !== 'Literal') return undefined;
  const { value } = inner;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? { value } : undefined;
}

function enumOf(values: readonly unknown[]): Schema {
  const type = typeof values[0];
  const isOne = values.every((value) => typeof value === type);
  if (isOne && type === 'boolean' && new Set(values).size === 2) return { type: 'boolean' };
  const schemaType = type === 'number' && values.every(Number.isInteger) ? 'integer' : type;
  return { ...(isOne && { type: schemaType }), enum: [...new Set(values)] };
}
