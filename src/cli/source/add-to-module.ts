import { CommandError } from '../command-error.js';
import { appendToList } from './append-to-list.js';
import { addImport } from './add-import.js';
import { type Expression, moduleArgument } from './module-class.js';
import type { ParsedFile } from './parse-source.js';
import { applyEdits, insertAt, type TextEdit } from './text-edit.js';

/** A class that a module is to list. */
export interface ModuleEntry {
  readonly list: 'imports' | 'controllers' | 'providers';
  readonly name: string;
  /** What the module's file imports it from, as in `./orders/orders.module.js`. */
  readonly from: string;
}

type Metadata = Extract<Expression, { type: 'ObjectExpression' }>;
type Property = Extract<Metadata['properties'][number], { type: 'Property' }>;

/**
 * The text of a module's file with one more class in a list of its decorator, and the import of it. All else stays as
 * it is.
 *
 * @throws CommandError when the decorator is written in a way that leaves no place for it.
 */
export function addToModule(file: ParsedFile, entry: ModuleEntry): string {
  const edits = listEdits(file, entry);
  return edits.length === 0 ? file.source : applyEdits(file.source, [...addImport(file, entry), ...edits]);
}

function listEdits(file: ParsedFile, { list, name }: ModuleEntry): TextEdit[] {
  const { argument, call } = moduleArgument(file);
  const member = `${list}: [${name}]`;
  if (!argument) return [insertAt(call.end - 1, `{ ${member} }`)];
  const metadata = bare(argument);
  if (metadata.type !== 'ObjectExpression') throw byHand(file, `what @Module is given is no object in braces`, member);
  const property = metadata.properties.find((one): one is Property => one.type === 'Property' && keyOf(one) === list);
  if (property) return propertyEdits(file.source, property, name);
  if (metadata.properties.every(({ type }) => type === 'Property')) return appendToList(file.source, metadata, metadata.properties, member);
  throw byHand(file, `its ${list} may come from what is spread into @Module`, member);
}

function propertyEdits(source: string, { key, value, shorthand }: Property, name: string): TextEdit[] {
  const list = bare(value);
  if (list.type === 'ArrayExpression') {
    const elements = list.elements.filter((element) => element !== null);
    const listed = elements.some((element) => element.type === 'Identifier' && element.name === name);
    return listed ? [] : appendToList(source, list, elements, name);
  }
  const text = source.slice(value.start, value.end);
  const spread = `[...${/^[\w$.]+$/.test(text) ? text : `(${text})`}, ${name}]`;
  return [{ start: value.start, end: value.end, text: shorthand ? `${source.slice(key.start, key.end)}: ${spread}` : spread }];
}

/** Without what is there for the compiler only. */
function bare(expression: Expression): Expression {
  const wrapped =
    expression.type === 'TSAsExpression' || expression.type === 'TSSatisfiesExpression' || expression.type === 'ParenthesizedExpression';
  return wrapped ? bare(expression.expression) : expression;
}

function keyOf({ key, computed }: Property): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

function byHand({ path }: ParsedFile, why: string, member: string): CommandError {
  return new CommandError(`${path} was left as it is: ${why}. Add ${member} by hand, and call this again with --skip-import.`);
}
