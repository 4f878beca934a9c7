import { type ExportSpecifier, type ModuleItem, parseSync } from '@swc/core';

/** The names an entry exports, sorted, types marked as in `type Ref`. */
export function exportedNames(source: string): string[] {
  const { body } = parseSync(source, { syntax: 'typescript', target: 'es2022' });
  return body.flatMap(namesOf).toSorted();
}

function namesOf(item: ModuleItem): string[] {
  if (item.type !== 'ExportNamedDeclaration') {
    throw new Error(`An entry only re-exports by name, which keeps its surface readable; found ${item.type}.`);
  }
  const { typeOnly } = item as { typeOnly?: boolean };
  return item.specifiers.map((specifier) => (typeOnly || isType(specifier) ? 'type ' : '') + nameOf(specifier));
}

function isType(specifier: ExportSpecifier): boolean {
  return (specifier as { isTypeOnly?: boolean }).isTypeOnly === true;
}

function nameOf(specifier: ExportSpecifier): string {
  if (specifier.type === 'ExportNamespaceSpecifier') return specifier.name.value;
  if (specifier.type === 'ExportDefaultSpecifier') return 'default';
  return (specifier.exported ?? specifier.orig).value;
}
