import { nameOf, partsOf, type Syntax } from './syntax.js';

/** A name that a file has from another one. */
export interface ImportedName {
  /** As the file says it. */
  readonly source: string;
  /** What it is called there; `default`, or `*` for all that is exported. */
  readonly name: string;
}

/** What the names at the top of a file stand for. */
export interface SourceNames {
  /** Type aliases and interfaces. */
  readonly types: ReadonlyMap<string, Syntax>;
  /** Classes and enums that are there at run time. */
  readonly values: ReadonlyMap<string, Syntax>;
  /** Without those that are imported as types. */
  readonly imports: ReadonlyMap<string, ImportedName>;
}

/** Of a file's statements. */
export function sourceNames(program: Syntax): SourceNames {
  const [types, values, imports] = [new Map<string, Syntax>(), new Map<string, Syntax>(), new Map<string, ImportedName>()];
  for (const statement of partsOf(program)) {
    const declared = statement.declaration ?? statement;
    const name = nameOf(declared.id);
    if (statement.type === 'ImportDeclaration') for (const [local, imported] of importedNames(statement)) imports.set(local, imported);
    else if (name !== undefined && /^TS(?:TypeAlias|Interface)Declaration$/.test(declared.type)) types.set(name, declared);
    else if (name !== undefined && isValue(declared)) values.set(name, declared);
  }
  return { types, values, imports };
}

/** A `const enum` is not there at run time. */
function isValue({ type, declare, const: isConst }: Syntax): boolean {
  return (type === 'ClassDeclaration' || type === 'TSEnumDeclaration') && !declare && !isConst;
}

function importedNames({ importKind, source, specifiers = [] }: Syntax): [string, ImportedName][] {
  if (importKind === 'type') return [];
  const values = specifiers.filter((specifier) => specifier.importKind !== 'type');
  return values.map((specifier) => [nameOf(specifier.local)!, { source: nameOf(source)!, name: nameThere(specifier) }]);
}

function nameThere({ type, imported }: Syntax): string {
  if (type === 'ImportNamespaceSpecifier') return '*';
  return type === 'ImportDefaultSpecifier' ? 'default' : nameOf(imported)!;
}
