import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ImportedName,
  importedNames,
  nameOf,
  nodeIn,
  partsOf,
  type Syntax,
  syntaxOf,
} from '../../build/syntax.js';
import { loadParse } from '../files/parse-source.js';
import { sourceAt } from './evaluation-order.js';

/** A parameter whose type is needed at run time, and imported as a type. */
export interface TypeOnlyParameter {
  readonly type: string;
  /** As in `OrdersController.create`. */
  readonly of: string;
}

type Parse = (path: string, text: string) => Syntax;

/**
 * Finds parameters of decorated classes and methods whose types are imported with `import type`. Interfaces
 * and type aliases are left out, because they can't be imported otherwise, and so are parameters that need no type.
 *
 * @returns none without rolldown, whose parser reads the sources, and for a file that cannot be parsed.
 */
export async function typeOnlyParameters(path: string, text: string): Promise<readonly TypeOnlyParameter[]> {
  if (!/\bimport\s+type\b|[{,]\s*type\s/.test(text)) return [];
  const parseSync = await loadParse().catch(() => undefined);
  if (!parseSync) return [];
  const parse: Parse = (file, source) => syntaxOf(parseSync(file, source, { lang: 'ts' }).program);
  const program = parse(path, text);
  const types = new Map(partsOf(program).flatMap((statement) => importedNames(statement, 'type')));
  const isLost = (type: string, param: Syntax): boolean => {
    const imported = types.get(type);
    return imported !== undefined && needsType(param, imported) && !isOnlyType(imported, path, parse);
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

function classesOf(program: Syntax): Syntax[] {
  return partsOf(program)
    .map((statement) => statement.declaration ?? statement)
    .filter(({ type }) => type === 'ClassDeclaration');
}

/** The constructor of a decorated class, and the decorated methods. */
function methodsOf(one: Syntax): { readonly of: string; readonly params: readonly Syntax[] }[] {
  const name = nameOf(one.id) ?? 'a class';
  return partsOf(one)
    .filter(({ type, kind, decorators = [] }) => {
      if (type !== 'MethodDefinition') return false;
      return kind === 'constructor' ? (one.decorators ?? []).length > 0 : decorators.length > 0;
    })
    .map(({ kind, key, value }) => ({
      of: kind === 'constructor' ? name : `${name}.${nameOf(key)}`,
      params: nodeIn(value)?.params ?? [],
    }));
}

/** The decorators that read input as the class that a parameter declares. All others say what the value is. */
const READERS: ReadonlySet<string> = new Set(['Body', 'Cookies', 'Form', 'Headers', 'Param', 'Query']);

/**
 * Whether a parameter's value depends on its type. Types of packages are not read here, and may be interfaces: with a
 * decorator, they are taken for what they are imported as.
 */
function needsType({ decorators = [] }: Syntax, { source }: ImportedName): boolean {
  if (decorators.length === 0) return true;
  return (
    source.startsWith('.') && decorators.some(({ expression }) => READERS.has(nameOf(nodeIn(expression)?.callee) ?? ''))
  );
}

/** The name of a parameter's type. `private readonly a: A` and `a: A = …` wrap the parameter. */
function typeOf({ parameter, left, typeAnnotation }: Syntax): string | undefined {
  if (parameter) return typeOf(parameter);
  if (left) return typeOf(left);
  const annotation = typeAnnotation?.typeAnnotation;
  return annotation?.type === 'TSTypeReference' ? nameOf(annotation.typeName) : undefined;
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

type Kind = 'type' | 'value';

function kindOf({ name, source }: ImportedName, importer: string, search: Search): Kind | undefined {
  const path = source.startsWith('.') ? sourceAt(join(dirname(importer), source)) : undefined;
  if (path === undefined || search.seen.has(path)) return undefined;
  search.seen.add(path);
  const statements = partsOf(search.parse(path, readFileSync(path, 'utf8')));
  const declared = new Set(statements.flatMap((statement) => declaredKind(statement, name) ?? []));
  // An interface merges with a class of its name.
  if (declared.size > 0) return declared.has('value') ? 'value' : 'type';
  const kinds = statements.flatMap((statement) => passedOn(statement, name) ?? []);
  return kinds.map((each) => kindOf(each, path, search)).find((kind) => kind !== undefined);
}

const KINDS: Readonly<Record<string, Kind>> = {
  TSInterfaceDeclaration: 'type',
  TSTypeAliasDeclaration: 'type',
  ClassDeclaration: 'value',
  TSEnumDeclaration: 'value',
};

function declaredKind(statement: Syntax, name: string): Kind | undefined {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return declaration && nameOf(declaration.id) === name ? KINDS[declaration.type] : undefined;
}

/** Returns the source that a statement takes a name from, to export it again. */
function passedOn({ type, source: from, specifiers = [] }: Syntax, name: string): ImportedName | undefined {
  const source = nameOf(from);
  if (source === undefined) return undefined;
  if (type === 'ExportAllDeclaration') return { name, source };
  const found = specifiers.find(({ exported }) => nameOf(exported) === name);
  return found && { name: nameOf(found.local)!, source };
}
