import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Parse, Program, Statement } from '../files/parse-source.js';
import { sourceAt } from './evaluation-order.js';

/** A parameter whose type is needed at run time, and imported as a type. */
export interface TypeOnlyParameter {
  readonly type: string;
  /** As in `OrdersController.create`. */
  readonly of: string;
}

/** The parts of the syntax tree that are read. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly kind?: string;
  readonly decorators?: readonly Node[];
  readonly expression?: Node;
  readonly callee?: Node;
  readonly id?: Node | null;
  readonly key?: Node;
  readonly body?: { readonly body: readonly Node[] };
  readonly value?: { readonly params?: readonly Node[] };
  readonly parameter?: Node;
  readonly left?: Node;
  readonly typeAnnotation?: Node | null;
  readonly typeName?: Node;
  readonly declaration?: Node | null;
}

/**
 * Finds parameters of decorated classes and methods whose types are imported with `import type`. Interfaces
 * and type aliases are left out, because they can't be imported otherwise, and so are parameters that need no type.
 *
 * @returns none without rolldown, whose parser reads the sources, and for a file that cannot be parsed.
 */
export async function typeOnlyParameters(path: string, text: string): Promise<readonly TypeOnlyParameter[]> {
  if (!/\bimport\s+type\b|[{,]\s*type\s/.test(text)) return [];
  const parse = await loadParse();
  if (!parse) return [];
  const { program } = parse(path, text, { lang: 'ts' });
  const types = typeImports(program);
  const isLost = (type: string, param: Node): boolean => {
    const imported = types.get(type);
    if (!imported || !needsType(param, imported)) return false;
    return !isOnlyType(imported, path, parse);
  };
  return classesOf(program).flatMap((one) =>
    methodsOf(one).flatMap(({ of, params }) =>
      params.flatMap((param) => {
        const type = typeOf(param);
        return type !== undefined && isLost(type, param) ? [{ type, of }] : [];
      }),
    ),
  );
}

async function loadParse(): Promise<Parse | undefined> {
  try {
    return (await import('rolldown/utils')).parseSync;
  } catch {
    return undefined;
  }
}

/** The names that are imported as types, with what they are called where they come from. */
function typeImports({ body }: Program): ReadonlyMap<string, ImportedName> {
  const names = body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration') return [];
    const [all, from] = [statement.importKind === 'type', statement.source.value];
    return statement.specifiers.flatMap((specifier) => {
      if (specifier.type !== 'ImportSpecifier') return all ? [[specifier.local.name, 'default', from] as const] : [];
      const { local, imported } = specifier;
      const name = 'name' in imported ? imported.name : imported.value;
      return all || specifier.importKind === 'type' ? [[local.name, name, from] as const] : [];
    });
  });
  return new Map(names.map(([local, name, from]) => [local, { name, from }]));
}

function classesOf({ body }: Program): Node[] {
  const nodes = body as unknown as readonly Node[];
  return nodes.map((node) => node.declaration ?? node).filter(({ type }) => type === 'ClassDeclaration');
}

/** The constructor of a decorated class, and the decorated methods. */
function methodsOf(one: Node): { readonly of: string; readonly params: readonly Node[] }[] {
  const members = one.body?.body ?? [];
  const name = one.id?.name ?? 'a class';
  return members
    .filter(({ type, kind, decorators = [] }) => {
      if (type !== 'MethodDefinition') return false;
      return kind === 'constructor' ? (one.decorators ?? []).length > 0 : decorators.length > 0;
    })
    .map(({ kind, key, value }) => ({
      of: kind === 'constructor' ? name : `${name}.${key?.name}`,
      params: value?.params ?? [],
    }));
}

/** The decorators that read input as the class that a parameter declares. All others say what the value is. */
const READERS: ReadonlySet<string> = new Set(['Body', 'Cookies', 'Form', 'Headers', 'Param', 'Query']);

/**
 * Whether a parameter's value depends on its type. Types of packages are not read here, and may be interfaces: with a
 * decorator, they are taken for what they are imported as.
 */
function needsType({ decorators = [] }: Node, { from }: ImportedName): boolean {
  if (decorators.length === 0) return true;
  return from.startsWith('.') && decorators.some(({ expression }) => READERS.has(expression?.callee?.name ?? ''));
}

/** The name of a parameter's type. `private readonly a: A` and `a: A = …` wrap the parameter. */
function typeOf({ parameter, left, typeAnnotation }: Node): string | undefined {
  if (parameter) return typeOf(parameter);
  if (left) return typeOf(left);
  const annotation = typeAnnotation?.typeAnnotation;
  return annotation?.type === 'TSTypeReference' ? annotation.typeName?.name : undefined;
}

/** A name that a source imports. */
interface ImportedName {
  readonly name: string;
  /** As in `./orders.js`. */
  readonly from: string;
}

/**
 * Whether an imported name is an interface or a type alias, so that it has no value to import.
 *
 * @param importer The path of the source that imports it.
 * @returns false for names of packages, whose sources are not read.
 */
function isOnlyType(imported: ImportedName, importer: string, parse: Parse): boolean {
  return kindOf(imported, importer, { parse, seen: new Set() }) === 'type';
}

interface Search {
  readonly parse: Parse;
  /** Sources that were read: they may export each other's names in a circle. */
  readonly seen: Set<string>;
}

function kindOf({ name, from }: ImportedName, importer: string, search: Search): 'type' | 'value' | undefined {
  const path = from.startsWith('.') ? sourceAt(join(dirname(importer), from)) : undefined;
  if (path === undefined || search.seen.has(path)) return undefined;
  search.seen.add(path);
  const { body } = search.parse(path, readFileSync(path, 'utf8'), { lang: 'ts' }).program;
  const declared = new Set(body.flatMap((statement) => declaredKind(statement, name) ?? []));
  // An interface merges with a class of its name.
  if (declared.size > 0) return declared.has('value') ? 'value' : 'type';
  const kinds = body.flatMap((statement) => passedOn(statement, name) ?? []);
  return kinds.map((each) => kindOf(each, path, search)).find((kind) => kind !== undefined);
}

function declaredKind(statement: Statement, name: string): 'type' | 'value' | undefined {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  switch (declaration?.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return declaration.id.name === name ? 'type' : undefined;
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return declaration.id?.name === name ? 'value' : undefined;
    default:
      return undefined;
  }
}

/** Where a statement takes a name from that it exports again. */
function passedOn(statement: Statement, name: string): ImportedName | undefined {
  if (statement.type === 'ExportAllDeclaration') return { name, from: statement.source.value };
  if (statement.type !== 'ExportNamedDeclaration' || !statement.source) return undefined;
  const found = statement.specifiers.find(({ exported }) => 'name' in exported && exported.name === name);
  return found && 'name' in found.local ? { name: found.local.name, from: statement.source.value } : undefined;
}
