import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

/** Stands for a value that is known only at run time. */
const VALUE = ' \0 ';

/** The texts of the sources, to look up quotes of messages in. */
export class PrintedTexts {
  readonly #runs: string;

  /** @param texts With `\0` for values. */
  constructor(texts: Iterable<string>) {
    this.#runs = `| ${[...new Set([...texts].flatMap(runsOf))].join(' | ')} |`;
  }

  /** Reads all strings and templates of the sources in a folder. */
  static of(folder: string): PrintedTexts {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    return new PrintedTexts(files.flatMap((path) => textsOf(readFileSync(join(folder, path), 'utf8'))));
  }

  /** Returns the words of a quote that no source prints in this order. A single word may be a value. */
  missing(quote: string): string[] {
    return runsOf(quote).filter((run) => run.includes(' ') && !this.#prints(run));
  }

  /** A message may continue with the text of another one, so words may be the end of one and the start of the next. */
  #prints(run: string): boolean {
    if (this.#has(` ${run} `)) return true;
    const words = run.split(' ');
    return words.some((_, at) => {
      const [end, start] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
      return at > 0 && this.#has(` ${end} |`) && this.#has(`| ${start} `);
    });
  }

  #has(part: string): boolean {
    return this.#runs.includes(part);
  }
}

/** Names, numbers, quoted strings and omissions are no plain words. */
const PLAIN_WORD = /^[a-z][a-z'-]*$/;

/** Returns the plain words of a text, split at values and at punctuation. */
function runsOf(text: string): string[] {
  const words = text
    .replaceAll(/[.,:;)]+(?=\s|$)|(?<=\s|^)\(/g, VALUE)
    .split(/\s+/)
    .map((word) => (PLAIN_WORD.test(word) ? word : '\0'));
  return words
    .join(' ')
    .split('\0')
    .map((run) => run.trim())
    .filter((run) => run !== '');
}

function textsOf(source: string): string[] {
  const texts: string[] = [];
  visit(parseSync(source, { syntax: 'typescript', decorators: true, target: 'es2022' }), texts);
  return texts;
}

/** Collects the texts in a syntax tree. What a text is joined from counts as one. */
function visit(value: unknown, texts: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  const text = isNode(value) ? joined(value, texts) : undefined;
  if (text === undefined) Object.values(value).forEach((child) => visit(child, texts));
  else texts.push(text);
}

/** Returns the text of a string, a template or a sum of them; collects those inside of its values. */
function joined(node: Node, texts: string[]): string | undefined {
  if (node.type === 'StringLiteral') return String(node['value']);
  if (node.type === 'ParenthesisExpression') return joined(node['expression'] as Node, texts);
  if (node.type === 'TemplateLiteral') {
    visit(node['expressions'], texts);
    return (node['quasis'] as readonly { cooked: string }[]).map(({ cooked }) => cooked).join(VALUE);
  }
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return undefined;
  return [node['left'], node['right']].map((side) => operandText(side as Node, texts)).join('');
}

function operandText(node: Node, texts: string[]): string {
  const text = joined(node, texts);
  if (text === undefined) visit(node, texts);
  return text ?? VALUE;
}

function isNode(value: object): value is Node {
  return typeof (value as { type?: unknown }).type === 'string';
}
