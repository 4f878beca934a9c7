/** A parameter of a request, or several under one name. */
export type QueryValue = string | QueryTree;

export type QueryTree = ReadonlyMap<string, QueryValue>;

/**
 * Reads a request in the AWS query protocol: `Entries.member.1.Id=a` is the value `a` at `Entries`, `member`, `1`,
 * `Id`.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function readQuery(body: string): QueryTree {
  const root = new Map<string, QueryValue>();
  for (const [name, value] of new URLSearchParams(body)) put(root, name.split('.'), value);
  return root;
}

function put(tree: Map<string, QueryValue>, [name = '', ...inner]: readonly string[], value: string): void {
  if (inner.length === 0) return void tree.set(name, value);
  const known = tree.get(name);
  const branch = known instanceof Map ? known : new Map<string, QueryValue>();
  tree.set(name, branch);
  put(branch, inner, value);
}

/** Returns a text parameter; an empty one is absent, as for SNS. */
export function textIn(tree: QueryTree, name: string): string | undefined {
  const value = tree.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function treeIn(tree: QueryTree, name: string): QueryTree {
  const value = tree.get(name);
  return value instanceof Map ? value : new Map();
}

/** Returns the items of a list, which are numbered from 1: those of `Entries.member.1`, or of `Attributes.entry.1`. */
export function listIn(tree: QueryTree, name: string, item: 'member' | 'entry'): QueryTree[] {
  const items = [...treeIn(treeIn(tree, name), item)].toSorted(([one], [other]) => Number(one) - Number(other));
  return items.map(([, value]) => (value instanceof Map ? value : new Map()));
}

/** Writes an element with text or elements inside; nothing for `undefined`. */
export function element(name: string, content: string | readonly string[] | undefined): string {
  if (content === undefined) return '';
  return `<${name}>${typeof content === 'string' ? escaped(content) : content.join('')}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character]!);
}
