import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Parse, Statement } from '../files/parse-source.js';
import { sourceAt } from './evaluation-order.js';

/** A name that a source imports. */
export interface ImportedName {
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
export function isOnlyType(imported: ImportedName, importer: string, parse: Parse): boolean {
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
