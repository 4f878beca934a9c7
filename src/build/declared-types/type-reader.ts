import { nameOf, partsOf, type SourceNames, type Syntax } from './syntax.js';

/** A name in a schema, which is looked up when the document is made. */
class NamedValue {
  constructor(readonly name: string) {}
}

/**
 * Text of JavaScript for data in which names stand for what they are called by.
 *
 * @param local what a name is called in the file.
 */
export function toSource(value: unknown, local: (name: string) => string): string {
  if (value instanceof NamedValue) return `()=>${local(value.name)}`;
  if (Array.isArray(value)) return `[${value.map((item) => toSource(item, local)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${keyText(key)}:${toSource(member, local)}`).join(',')}}`;
}

/** `{ __proto__: … }` would say something else. */
function keyText(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

/** What a type says: as `DeclaredType` of src/metadata/declared-types.ts, names not yet looked up. */
type Words = NamedValue | Readonly<Record<string, unknown>>;

/** A type without the `null` and `undefined` that it may be. */
export interface ReadType {
  /** `undefined` where nothing can be said of it. */
  readonly words: Words | undefined;
  readonly nullable: boolean;
  readonly optional: boolean;
}

const KEYWORDS: Readonly<Record<string, Words>> = {
  TSStringKeyword: { type: 'string' },
  TSNumberKeyword: { type: 'number' },
  TSBooleanKeyword: { type: 'boolean' },
  TSBigIntKeyword: { type: 'integer' },
  TSObjectKeyword: { type: 'object' },
  TSTemplateLiteralType: { type: 'string' },
};
const GLOBALS: Readonly<Record<string, Words>> = {
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
  /** @param canName whether an imported name is a class or an enum that may be named when the document is made. */
  constructor(
    private readonly names: SourceNames,
    private readonly canName: (local: string) => boolean,
    /** Type parameters, and aliases that are being read: what names itself says nothing more. */
    private readonly hidden: ReadonlySet<string> = new Set(),
  ) {}

  /** Within a class or a method that has type parameters of its own. */
  within({ typeParameters }: Syntax): TypeReader {
    const own = (typeParameters?.params ?? []).map(({ name }) => (typeof name === 'string' ? name : nameOf(name))!);
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
      words: rest.length === 0 ? undefined : unionOf(rest),
      nullable: has('TSNullKeyword'),
      optional: has('TSUndefinedKeyword', 'TSVoidKeyword'),
    };
  }

  /** The members of a union, aliases of this file looked up. */
  #parts(node: Syntax): Part[] {
    if (node.type === 'TSParenthesizedType') return this.#parts(node.typeAnnotation!);
    if (node.type === 'TSUnionType') return node.types!.flatMap((type) => this.#parts(type));
    const alias = this.#declared(node);
    if (alias?.type !== 'TSTypeAliasDeclaration') return [{ node, words: () => this.#one(node) }];
    return this.#without([nameOf(alias.id)!]).#parts(alias.typeAnnotation!);
  }

  /** The alias or interface of this file that a type names. */
  #declared(node: Syntax): Syntax | undefined {
    const name = nameOf(node.typeName);
    if (node.type !== 'TSTypeReference' || name === undefined || this.hidden.has(name)) return undefined;
    const found = this.names.types.get(name);
    return found?.typeParameters ? undefined : found;
  }

  #one(node: Syntax): Words | undefined {
    if (node.type === 'TSTypeOperator' && node.operator === 'readonly') return this.#one(node.typeAnnotation!);
    if (node.type === 'TSArrayType') return this.#list(node.elementType);
    if (node.type === 'TSTypeLiteral') return this.#object(node.members ?? []);
    if (node.type === 'TSTypeReference') return this.#named(node);
    const literal = literalOf(node);
    return literal ? enumOf([literal.value]) : KEYWORDS[node.type];
  }

  #list(item: Syntax | undefined): Words {
    return { type: 'array', items: (item && this.#inner(item)) ?? {} };
  }

  /** Of a part of a type, in which `null` may stand. */
  #inner(node: Syntax): Words | undefined {
    const { words, nullable } = this.read(node);
    return words && nullable ? { anyOf: [words, { type: 'null' }] } : words;
  }

  #named(node: Syntax): Words | undefined {
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

  #interface(found: Syntax | undefined): Words | undefined {
    const isPlain = found?.type === 'TSInterfaceDeclaration' && (found.extends ?? []).length === 0;
    return isPlain ? this.#without([nameOf(found.id)!]).#object(partsOf(found)) : undefined;
  }

  #generic(name: string, [first, second]: readonly Syntax[]): Words | undefined {
    if (LISTS.has(name)) return this.#list(first);
    if (SETS.has(name)) return { ...this.#list(first), uniqueItems: true };
    if (name === 'Readonly' && first) return this.#one(first);
    if (name !== 'Record' || !second) return undefined;
    return { type: 'object', additionalProperties: this.#inner(second) ?? {} };
  }

  #object(members: readonly Syntax[]): Words {
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

/** One member of a union, and how to read it. */
interface Part {
  readonly node: Syntax;
  words(): Words | undefined;
}

function unionOf(parts: readonly Part[]): Words | undefined {
  const literals = parts.map(({ node }) => literalOf(node));
  if (literals.every((literal) => literal !== undefined)) return enumOf(literals.map(({ value }) => value));
  const words = parts.map((part) => part.words());
  if (words.length === 1 || words.includes(undefined)) return words.length === 1 ? words[0] : undefined;
  return { anyOf: words };
}

const EMPTY: ReadonlySet<string> = new Set(['TSNullKeyword', 'TSUndefinedKeyword', 'TSVoidKeyword', 'TSNeverKeyword']);

/** A literal of JSON, as an initial value or in a type. */
export function literalOf(node: Syntax): { readonly value: string | number | boolean } | undefined {
  const inner = node.literal ?? node;
  if (inner.type === 'UnaryExpression' && inner.operator === '-' && typeof inner.argument?.value === 'number')
    return { value: -inner.argument.value };
  const isLiteral = inner.type === 'Literal' && ['string', 'number', 'boolean'].includes(typeof inner.value);
  return isLiteral ? { value: inner.value as string | number | boolean } : undefined;
}

function enumOf(values: readonly unknown[]): Words {
  const type = typeof values[0];
  const isOne = values.every((value) => typeof value === type);
  if (isOne && type === 'boolean' && new Set(values).size === 2) return { type: 'boolean' };
  const word = type === 'number' && values.every(Number.isInteger) ? 'integer' : type;
  return { ...(isOne && { type: word }), enum: [...new Set(values)] };
}
