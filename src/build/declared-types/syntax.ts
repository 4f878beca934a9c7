import type { BundlerContext } from '../rolldown-types.js';

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
  readonly body?: Syntax | readonly Syntax[];
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
}

/** Parses a TypeScript file. */
export function parsed(bundler: Pick<BundlerContext, 'parse'>, code: string, file: string): Syntax {
  return bundler.parse(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as Syntax;
}

/** Returns the statements of a program, or the members of a class or an interface. */
export function partsOf({ body }: Syntax): readonly Syntax[] {
  if (Array.isArray(body)) return body as readonly Syntax[];
  return body ? partsOf(body as Syntax) : [];
}

/** Returns the name of an identifier, or the text of a string literal. */
export function nameOf(node: Syntax | null | undefined): string | undefined {
  if (typeof node?.name === 'string') return node.name;
  return typeof node?.value === 'string' ? node.value : undefined;
}

/** Returns the child nodes of a node. */
export function childrenOf(node: Syntax): Syntax[] {
  return Object.values(node)
    .flat()
    .filter((child): child is Syntax => typeof (child as Syntax | null)?.type === 'string');
}

/** The TypeScript nodes that contain JavaScript code. */
const WITH_CODE: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSEnumBody',
  'TSEnumDeclaration',
  'TSEnumMember',
  'TSExportAssignment',
  'TSInstantiationExpression',
  'TSNonNullExpression',
  'TSParameterProperty',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
]);

/**
 * Returns the names that code refers to, not counting types.
 *
 * @param atLoad Whether to count only code that runs while the file is evaluated.
 */
export function usedNames(node: Syntax, atLoad: boolean, names = new Set<string>()): Set<string> {
  if (node.type === 'ImportDeclaration' || (node.type.startsWith('TS') && !WITH_CODE.has(node.type))) return names;
  if (node.type === 'Identifier') names.add(node.name as string);
  for (const child of atLoad ? evaluatedAtLoad(node) : childrenOf(node))
    if (!isLabel(child, node)) usedNames(child, atLoad, names);
  return names;
}

/** Whether a child is only a label: `a.Order` and `{ Order: 1 }` refer to no name of the file. */
function isLabel(child: Syntax, { key, property, computed }: Syntax): boolean {
  return !computed && (child === key || child === property);
}

/** Returns the children of a node that are evaluated with it. */
function evaluatedAtLoad(node: Syntax): Syntax[] {
  if (/Function/.test(node.type)) return (node.params ?? []).flatMap(({ decorators = [] }) => decorators);
  if (node.type === 'PropertyDefinition' && !node.static) return [...(node.decorators ?? [])];
  return childrenOf(node);
}

/** A name that a file imports. */
export interface ImportedName {
  /** The source in the import statement. */
  readonly source: string;
  /** The exported name; `default`, or `*` for a namespace. */
  readonly name: string;
}

/** The top-level names of a file. */
export interface SourceNames {
  /** Type aliases and interfaces. */
  readonly types: ReadonlyMap<string, Syntax>;
  /** Classes and enums that exist at run time. */
  readonly values: ReadonlyMap<string, Syntax>;
  /** Imports, without type imports. */
  readonly imports: ReadonlyMap<string, ImportedName>;
}

/** Returns the names that a file's statements declare. */
export function sourceNames(program: Syntax): SourceNames {
  const [types, values, imports] = [
    new Map<string, Syntax>(),
    new Map<string, Syntax>(),
    new Map<string, ImportedName>(),
  ];
  for (const statement of partsOf(program)) {
    const declared = statement.declaration ?? statement;
    const name = nameOf(declared.id);
    if (statement.type === 'ImportDeclaration')
      for (const [local, imported] of importedNames(statement)) imports.set(local, imported);
    else if (name !== undefined && /^TS(?:TypeAlias|Interface)Declaration$/.test(declared.type))
      types.set(name, declared);
    else if (name !== undefined && isValue(declared)) values.set(name, declared);
  }
  return { types, values, imports };
}

/** Whether a declaration exists at run time. A `const enum` doesn't. */
function isValue({ type, declare, const: isConst }: Syntax): boolean {
  return (type === 'ClassDeclaration' || type === 'TSEnumDeclaration') && !declare && !isConst;
}

/** Returns the local names of an import statement, each with what it is. */
export function importedNames({ importKind, source, specifiers = [] }: Syntax): [string, ImportedName][] {
  if (importKind === 'type') return [];
  const values = specifiers.filter((specifier) => specifier.importKind !== 'type');
  return values.map((specifier) => [nameOf(specifier.local)!, { source: nameOf(source)!, name: nameThere(specifier) }]);
}

function nameThere({ type, imported }: Syntax): string {
  if (type === 'ImportNamespaceSpecifier') return '*';
  return type === 'ImportDefaultSpecifier' ? 'default' : nameOf(imported)!;
}
