import { childrenOf, type ImportedName, importedNames, nameOf, partsOf, type Syntax } from '../syntax.js';

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
  if (node.type === 'Identifier' && typeof node.name === 'string') names.add(node.name);
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
