import { BadRequestException } from '../errors/exceptions.js';
import { MAX_DEPTH, shortened } from '../shared/input-bounds.js';
import { PlainRecord } from '../shared/plain-record.js';

/** What stands under one name: values, items that were added with `[]`, and members by index or name. */
interface Branch {
  readonly values: unknown[];
  items: Branch[] | undefined;
  members: Map<string, Branch> | undefined;
}

const BRACKETED = /^([^[\]]+)((?:\[[^[\]]*\])+)$/;
const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/**
 * Pairs as objects and lists by the brackets in their names: of `r[0][id]=1&tags[]=a` it makes `{ r: [{ id: '1' }], tags: ['a'] }`. Lists have no
 * gaps, whatever the indexes, and no object has inherited members. A name whose brackets don't fit is a name like any other; one that would
 * pollute a prototype is left out.
 *
 * @throws BadRequestException when it is nested more than 64 levels deep, or a name has a value and members.
 */
export function nestedRecord(pairs: Iterable<readonly [name: string, value: unknown]>): Record<string, unknown> {
  const root = newBranch();
  for (const [name, value] of pairs) {
    const keys = keysOf(name);
    if (keys.length > MAX_DEPTH) throw new BadRequestException(`The input is nested more than ${MAX_DEPTH} levels deep`);
    if (!pollutes(keys)) keys.reduce(childAt, root).values.push(value);
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

function pollutes(keys: readonly string[]): boolean {
  return keys.some((key, index) => key === '__proto__' || (key === 'constructor' && keys[index + 1] === 'prototype'));
}

/** An empty key, of `[]`, is the next item; only a field without a name has one that stands first. */
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
  for (const [name, branch] of members) record[name] = valueOf(branch, name);
  return record;
}

function valueOf({ values, items = [], members }: Branch, name: string): unknown {
  const listed = [...(members ?? [])].filter(([key]) => INDEX.test(key));
  if (members && listed.length < members.size) {
    if (values.length + items.length === 0) return recordIn(members);
    throw new BadRequestException(`"${shortened(name, 100)}" has a value, and members as well`);
  }
  if (!members && items.length === 0 && values.length === 1) return values[0];
  const inOrder = listed.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, branch]) => branch);
  return [...values, ...[...inOrder, ...items].map((item) => valueOf(item, name))];
}
