import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { check } from 'recheck';

/** What a source has of regular expressions. */
export interface Expressions {
  /** As they are written, with their flags. */
  readonly literals: readonly string[];
  /** Whether it makes others while it runs. */
  readonly makes: boolean;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

export function expressionsOf(text: string): Expressions {
  const literals: string[] = [];
  let makes = false;
  visit(parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022' }), (node) => {
    const { type, pattern, flags } = node;
    if (type === 'RegExpLiteral') literals.push(`/${String(pattern)}/${String(flags)}`);
    if (
      (type === 'NewExpression' || type === 'CallExpression') &&
      (node['callee'] as { value?: unknown }).value === 'RegExp'
    )
      makes = true;
  });
  return { literals, makes };
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value) see(value as Node);
  for (const child of Object.values(value)) visit(child, see);
}

/**
 * Asks recheck how long an expression takes at worst: `undefined` for a time that grows as the text does, else how it
 * grows. Its own automata answer in milliseconds for most, and in half a minute for some.
 */
export async function problemOf(literal: string): Promise<string | undefined> {
  const end = literal.lastIndexOf('/');
  const verdict = await check(literal.slice(1, end), literal.slice(end + 1), { timeout: 300_000 });
  if (verdict.status === 'safe') return undefined;
  return `${verdict.status}: ${verdict.status === 'vulnerable' ? verdict.complexity.summary : verdict.error.kind}`;
}

const LIST = join(__dirname, 'linear-expressions.json');

/** Those that recheck has found to be linear: the answer never changes, and takes minutes for all of them. */
export function knownAsLinear(): readonly string[] {
  return JSON.parse(readFileSync(LIST, 'utf8')) as string[];
}

export { LIST as linearExpressionsFile };
