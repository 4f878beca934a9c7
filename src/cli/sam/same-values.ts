import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

/** Whether two YAML texts have the same values, however they are formatted. A text that is not valid YAML has not. */
export function haveSameValues(one: string, other: string): boolean {
  const [read, compared] = [readValue(one), readValue(other)];
  return read !== undefined && isDeepStrictEqual(read, compared);
}

/** Returns the value of a text, in a list of its own; `undefined` for a text that is not valid. */
function readValue(text: string): readonly [value: unknown] | undefined {
  // CloudFormation reads YAML 1.1, in which 2012-10-17 is a date. Its tags, such as !Sub, are not known: a warning.
  const { contents, errors } = parseDocument(text, { version: '1.1', logLevel: 'error' });
  return errors.length === 0 ? [valueOf(contents)] : undefined;
}

/** The tag counts: `!Sub` and `!Ref` of one text are different values. */
function valueOf(node: unknown): unknown {
  const value = contentOf(node);
  const tag = (node as Node | null)?.tag;
  return tag === undefined ? value : { tag, value };
}

function contentOf(node: unknown): unknown {
  if (isMap(node)) return new Map(node.items.map(({ key, value }) => [contentOf(key), valueOf(value)]));
  if (isSeq(node)) return node.items.map(valueOf);
  return isScalar(node) ? node.value : node;
}
