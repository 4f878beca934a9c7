import type { BundlerContext } from './rolldown-types.js';

/** A node of a parsed TypeScript source (ESTree with types), with the members that are used here. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string | Syntax;
  readonly value?: unknown;
  readonly raw?: string;
  readonly operator?: string;
  readonly kind?: string;
  readonly body?: Syntax | readonly Syntax[] | null;
  readonly declaration?: Syntax | null;
  readonly id?: Syntax | null;
  readonly key?: Syntax;
  readonly local?: Syntax;
  readonly imported?: Syntax;
  readonly exported?: Syntax | null;
  readonly source?: Syntax | null;
  readonly specifiers?: readonly Syntax[];
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly decorators?: readonly Syntax[];
  readonly expression?: Syntax | boolean;
  readonly callee?: Syntax;
  readonly property?: Syntax;
  readonly argument?: Syntax;
  readonly params?: readonly Syntax[];
  readonly parameter?: Syntax;
  readonly left?: Syntax;
  readonly object?: Syntax;
  readonly arguments?: readonly Syntax[];
  readonly declarations?: readonly Syntax[];
  readonly superClass?: Syntax | null;
  readonly typeAnnotation?: Syntax | null;
  readonly returnType?: Syntax | null;
  readonly typeParameters?: Syntax | null;
  readonly typeArguments?: Syntax | null;
  readonly typeName?: Syntax;
  readonly elementType?: Syntax;
  readonly elementTypes?: readonly Syntax[];
  readonly types?: readonly Syntax[];
  readonly literal?: Syntax;
  readonly members?: readonly Syntax[];
  readonly extends?: readonly Syntax[];
  readonly elements?: readonly (Syntax | null)[];
  readonly accessibility?: string | null;
  readonly computed?: boolean;
  readonly static?: boolean;
  readonly declare?: boolean;
  readonly const?: boolean;
  readonly optional?: boolean;
  readonly await?: boolean;
}

/** Takes a tree of rolldown's parsers, whose types have a member only in the nodes that have it. */
export function syntaxOf(tree: unknown): Syntax {
  return tree as Syntax;
}

/** Parses a TypeScript file. */
export function parsed(bundler: Pick<BundlerContext, 'parse'>, code: string, file: string): Syntax {
  return syntaxOf(bundler.parse(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
}

/** Loads rolldown's parser of JavaScript. Modules without code are empty programs. */
export async function loadParser(): Promise<(code: string | null) => Syntax> {
  const { parseAst } = await import('rolldown/parseAst');
  return (code) => syntaxOf(parseAst(code ?? ''));
}

/** Returns a member of a node if it is a node itself. */
export function nodeIn(member: unknown): Syntax | undefined {
  return isNode(member) ? member : undefined;
}

function isNode(value: unknown): value is Syntax {
  return typeof (value as Syntax | null | undefined)?.type === 'string';
}

/** Returns the statements of a program, or the members of a class or an interface. */
export function partsOf({ body }: Syntax): readonly Syntax[] {
  return isNode(body) ? partsOf(body) : (body ?? []);
}

/** Returns the name of an identifier, or the text of a string literal. */
export function nameOf(node: Syntax | null | undefined): string | undefined {
  if (typeof node?.name === 'string') return node.name;
  return typeof node?.value === 'string' ? node.value : undefined;
}

/** Returns the child nodes of a node. */
export function childrenOf(node: Syntax): Syntax[] {
  return Object.values(node).flat().filter(isNode);
}

/** A name that a file imports. */
export interface ImportedName {
  /** The source in the import statement. */
  readonly source: string;
  /** The exported name; `default`, or `*` for a namespace. */
  readonly name: string;
}

/**
 * Returns the local names of an import statement, each with what it is.
 *
 * @param kind Whether to return those that exist at run time, or those that are imported as types.
 */
export function importedNames(
  { importKind, source, specifiers = [] }: Syntax,
  kind: 'value' | 'type' = 'value',
): [string, ImportedName][] {
  const isType = (specifier: Syntax) => importKind === 'type' || specifier.importKind === 'type';
  return specifiers
    .filter((specifier) => isType(specifier) === (kind === 'type'))
    .map((specifier) => [nameOf(specifier.local)!, { source: nameOf(source)!, name: nameThere(specifier) }]);
}

function nameThere({ type, imported }: Syntax): string {
  if (type === 'ImportNamespaceSpecifier') return '*';
  return type === 'ImportDefaultSpecifier' ? 'default' : nameOf(imported)!;
}
