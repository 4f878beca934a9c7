import { posix } from 'node:path';
import { parseSync } from '@swc/core';

export interface SourceImport {
  readonly specifier: string;
  /** The imported file for a relative specifier, as a key of the tree. */
  readonly target?: string;
  /** `type` leaves nothing in the build, `dynamic` loads on first use. */
  readonly kind: 'value' | 'type' | 'dynamic';
}

export interface SourceFile {
  /** Relative to `src/`, with forward slashes. */
  readonly path: string;
  readonly imports: readonly SourceImport[];
  /** What the style forbids in code, in the words of a failure. */
  readonly offences: readonly string[];
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

/** Reads a source with a real parser, so that imports in comments and strings do not count. */
export function parseSource(path: string, text: string): SourceFile {
  const imports: SourceImport[] = [];
  const offences = new Set<string>();
  visit(parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022' }), (node) => {
    const imported = importOf(node);
    if (imported) imports.push({ ...imported, ...targetOf(path, imported.specifier) });
    const offence = offenceOf(node);
    if (offence) offences.add(offence);
  });
  if (/@ts-(ignore|nocheck|expect-error)/.test(text)) offences.add('silences the compiler with a @ts- comment');
  for (const offence of [...sizeOffences(text), ...commentOffences(text)]) offences.add(offence);
  return { path, imports, offences: [...offences] };
}

/** Lines that cannot be broken: an address, a regular expression, and the script that a command writes. */
const UNBREAKABLE = /^ \* @see https:|^\s*(?:id: )?\/(?!\*).*\/[a-z]*[;,]?$|^ {2}"\\"use strict\\";/;

function sizeOffences(text: string): string[] {
  const lines = text.split('\n');
  const tooWide = lines.flatMap((line, at) => (line.length > 120 && !UNBREAKABLE.test(line) ? [at + 1] : []));
  const offences = tooWide.map((number) => `is wider than 120 characters in line ${number}`);
  return lines.length > 301 ? [...offences, `has ${lines.length - 1} lines, more than 300`] : offences;
}

/** Comments for readers of the API begin with a noun, a verb or "Whether". */
const CLAUSE = /\/\*\*\s+(?:\*\s+)?((?:What|How|Where|Who|Which|When|Why)\b.*)/g;

function commentOffences(text: string): string[] {
  return [...text.matchAll(CLAUSE)].map(([, line]) => `begins a doc comment with a clause: ${line}`);
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) see(value);
  for (const child of Object.values(value)) visit(child, see);
}

function isNode(value: object): value is Node {
  return typeof (value as { type?: unknown }).type === 'string';
}

function importOf(node: Node): SourceImport | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return withKind(literal(node.source), isErased(node) ? 'type' : 'value');
    case 'TsImportType':
      return withKind(literal(node.argument), 'type');
    case 'TsExternalModuleReference':
      return withKind(literal(node.expression), 'value');
    case 'CallExpression':
      return callOf(node);
    default:
      return undefined;
  }
}

/** `import type`, or every name in the braces is marked `type`. */
function isErased(node: Node): boolean {
  const specifiers = (node.specifiers ?? []) as readonly { isTypeOnly?: boolean }[];
  return node.typeOnly === true || (specifiers.length > 0 && specifiers.every(({ isTypeOnly }) => isTypeOnly));
}

function callOf(node: Node): SourceImport | undefined {
  const callee = node.callee as Node;
  const [argument] = node.arguments as readonly { expression: unknown }[];
  if (callee.type === 'Import') return withKind(literal(argument?.expression), 'dynamic');
  const isRequire = callee.type === 'Identifier' && callee.value === 'require';
  return isRequire ? withKind(literal(argument?.expression), 'value') : undefined;
}

function withKind(specifier: string | undefined, kind: SourceImport['kind']): SourceImport | undefined {
  return specifier === undefined ? undefined : { specifier, kind };
}

function literal(value: unknown): string | undefined {
  const node = value as (Node & { quasis?: readonly { cooked: string }[] }) | null | undefined;
  if (node?.type === 'StringLiteral') return String(node.value);
  if (node?.type === 'TemplateLiteral' && node.quasis?.length === 1) return node.quasis[0]?.cooked;
  return undefined;
}

function targetOf(importer: string, specifier: string): { target?: string } {
  if (!specifier.startsWith('.')) return {};
  return { target: posix.join(posix.dirname(importer), specifier).replace(/\.js$/, '.ts') };
}

function offenceOf(node: Node): string | undefined {
  if (node.type === 'Decorator') return 'uses a decorator';
  if (node.type === 'ExportAllDeclaration') return 'exports with `export *`, which hides the surface';
  const isCast = node.type === 'TsAsExpression' || node.type === 'TsTypeAssertion';
  const { kind } = (node.typeAnnotation ?? {}) as { kind?: unknown };
  return isCast && kind === 'any' ? 'casts to any' : undefined;
}
