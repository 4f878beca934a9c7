import { BadRequestException } from '../../errors/exceptions.js';
import { shortened } from '../../shared/input-limits.js';
import { PlainRecord } from '../../shared/plain-record.js';
import { pollutesByPath, refuseDeep } from '../message/hostile-input.js';
import { recordOf } from './query.js';

export type FieldPair = readonly [name: string, value: unknown];

/** Makes a record of pairs, with objects and lists by the brackets in their names if `nested` is set. */
export function fieldsOf(pairs: readonly FieldPair[], nested: boolean | undefined): Readonly<Record<string, unknown>> {
  return nested ? nestedFields(pairs) : recordOf(pairs);
}

/** The content of one name: values, items added with `[]`, and members by index or name. */
interface Branch {
  readonly values: unknown[];
  items: Branch[] | undefined;
  members: Map<string, Branch> | undefined;
}

const BRACKETED = /^([^[\]]+)((?:\[[^[\]]*\])+)$/;
const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/**
 * Makes objects and lists of pairs by the brackets in their names: `r[0][id]=1&tags[]=a` becomes `{ r: [{ id: '1' }],
 * tags: ['a'] }`. Lists have no gaps, whatever the indexes, and objects have no inherited members. A name with
 * unbalanced brackets is taken literally; a name that would pollute a prototype is left out.
 *
 * @throws BadRequestException above 64 levels, and if a name has both a value and members.
 */
export function nestedFields(pairs: Iterable<FieldPair>): Record<string, unknown> {
  const root = newBranch();
  for (const [name, value] of pairs) {
    const keys = keysOf(name);
    refuseDeep(keys.length);
    if (!pollutesByPath(keys)) keys.reduce(childAt, root).values.push(value);
  }
  return recordIn(root.members ?? new Map<string, Branch>());
}

function newBranch(): Branch {
  return { values: [], items: undefined, members: undefined };
}

function keysOf(name: string): readonly string[] {
  const [, root, brackets] = BRACKETED.exec(name) ?? [];
  return root === undefined || brackets === undefined ? [name] : [root, ...brackets.slice(1, -1).split('][')];
}

/** An empty key, from `[]`, adds an item, unless it comes first: that is a field without a name. */
function childAt(parent: Branch, key: string, depth: number): Branch {
  const child = newBranch();
  if (key === '' && depth > 0) {
    (parent.items ??= []).push(child);
    return child;
  }
  parent.members ??= new Map();
  const known = parent.members.get(key);
  if (!known) parent.members.set(key, child);
  return known ?? child;
}

function recordIn(members: ReadonlyMap<string, Branch>): Record<string, unknown> {
  const record = new PlainRecord<unknown>();
  for (const [name, branch] of members) record[name] = branchValue(branch, name);
  return record;
}

function branchValue({ values, items = [], members }: Branch, name: string): unknown {
  const listed = [...(members ?? [])].filter(([key]) => INDEX.test(key));
  if (members && listed.length < members.size) {
    if (values.length + items.length === 0) return recordIn(members);
    throw new BadRequestException(`"${shortened(name, 100)}" has both a value and members`);
  }
  if (!members && items.length === 0 && values.length === 1) return values[0];
  const inOrder = listed.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, branch]) => branch);
  return [...values, ...[...inOrder, ...items].map((item) => branchValue(item, name))];
}
