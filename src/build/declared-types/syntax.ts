import type { BundlerContext } from '../bundler-options.js';

/** A node of a parsed TypeScript source (ESTree with types), as far as is read here. */
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

/** The program in a TypeScript file. */
export function parsed(bundler: Pick<BundlerContext, 'parse'>, code: string, file: string): Syntax {
  return bundler.parse(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as Syntax;
}

/** The statements of a program, the members of a class or of an interface. */
export function partsOf({ body }: Syntax): readonly Syntax[] {
  if (Array.isArray(body)) return body as readonly Syntax[];
  return body ? partsOf(body as Syntax) : [];
}

export function nameOf(node: Syntax | null | undefined): string | undefined {
  if (typeof node?.name === 'string') return node.name;
  return typeof node?.value === 'string' ? node.value : undefined;
}

/** The nodes right below one. */
export function childrenOf(node: Syntax): Syntax[] {
  return Object.values(node).flat().filter((child): child is Syntax => typeof (child as Syntax | null)?.type === 'string');
}

/** Of TypeScript's own nodes, those that have something of JavaScript in them. */
const WITH_CODE = /^TS(?:As|NonNull|Satisfies|TypeAssertion|Instantiation|ParameterProperty|EnumDeclaration|EnumBody|EnumMember|ExportAssignment)/;

/**
 * The names that code, and not types alone, refers to.
 *
 * @param now only where it does so as soon as the file is evaluated.
 */
export function usedNames(node: Syntax, now: boolean, names = new Set<string>()): Set<string> {
  if (node.type === 'ImportDeclaration' || (node.type.startsWith('TS') && !WITH_CODE.test(node.type))) return names;
  if (node.type === 'Identifier') names.add(node.name as string);
  for (const child of now ? evaluatedAtOnce(node) : childrenOf(node)) if (!isLabel(child, node)) usedNames(child, now, names);
  return names;
}

/** `a.Order` and `{ Order: 1 }` name nothing of the file. */
function isLabel(child: Syntax, { key, property, computed }: Syntax): boolean {
  return !computed && (child === key || child === property);
}

function evaluatedAtOnce(node: Syntax): Syntax[] {
  if (/Function/.test(node.type)) return (node.params ?? []).flatMap(({ decorators = [] }) => decorators);
  if (node.type === 'PropertyDefinition' && !node.static) return [...(node.decorators ?? [])];
  return childrenOf(node);
}
