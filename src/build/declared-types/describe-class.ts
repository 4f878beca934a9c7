import { nameOf, partsOf, type Syntax } from './syntax.js';
import { literalOf, type ReadType, type TypeReader } from './type-reader.js';

type Members = Readonly<Record<string, unknown>>;

/** Decorators of Lambent's that make a method a route. */
const ROUTES: ReadonlySet<string> = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All']);
/** Decorators of classes that hold no data. */
const NO_DATA: ReadonlySet<string> = new Set([
  'Injectable',
  'Controller',
  'Module',
  'Catch',
  'Global',
  'For',
  'injectable',
  'singleton',
  'autoInjectable',
  'scoped',
]);

/** Types of what methods return that don't say so themselves. */
export type Results = ReadonlyMap<Syntax, Syntax>;

/** The routes of a class whose results are not declared. */
export function undeclaredResults({ body }: Syntax): Syntax[] {
  return partsOf(body as Syntax).filter(
    (member) => isNamed(member) && isRoute(member) && !(member.value as Syntax).returnType,
  );
}

/**
 * What a class' source says of its properties and its routes, as the class is to give it; `undefined` where it says
 * nothing.
 */
export function describeClass(
  declaration: Syntax,
  code: string,
  types: TypeReader,
  results: Results,
): Members | undefined {
  const reader = types.within(declaration);
  const members = partsOf(declaration.body as Syntax).filter(isNamed);
  const properties = holdsData(declaration) ? members.flatMap((member) => propertiesOf(member, code, reader)) : [];
  const methods = members
    .filter(isRoute)
    .map((member) => [nameOf(member.key)!, methodWords(member, code, reader, results)] as const);
  const words = { ...named('properties', properties, true), ...named('methods', methods, false) };
  return Object.keys(words).length > 0 ? words : undefined;
}

function named(kind: string, entries: readonly (readonly [string, Members])[], keepsEmpty: boolean): Members {
  const those = entries.filter(([, words]) => keepsEmpty || Object.keys(words).length > 0);
  return those.length > 0 ? { [kind]: Object.fromEntries(those) } : {};
}

function isNamed({ key, computed, static: isStatic, accessibility }: Syntax): boolean {
  return (
    !computed &&
    !isStatic &&
    accessibility !== 'private' &&
    accessibility !== 'protected' &&
    key?.type !== 'PrivateIdentifier' &&
    nameOf(key) !== undefined
  );
}

function holdsData({ decorators = [], body }: Syntax): boolean {
  if (decorators.some((decorator) => NO_DATA.has(decoratorName(decorator)))) return false;
  const members = partsOf(body as Syntax);
  if (members.some((member) => isDecorated(member) && (member.type !== 'MethodDefinition' || member.kind !== 'method')))
    return true;
  return !members.some(
    (member) => isDecorated(member) || (member.type === 'MethodDefinition' && member.kind === 'method'),
  );
}

function isDecorated({ decorators = [] }: Syntax): boolean {
  return decorators.length > 0;
}

function isRoute({ type, kind, decorators = [] }: Syntax): boolean {
  return (
    type === 'MethodDefinition' &&
    kind === 'method' &&
    decorators.some((decorator) => ROUTES.has(decoratorName(decorator)))
  );
}

function decoratorName({ expression }: Syntax): string {
  const inner = expression as Syntax;
  return nameOf(inner.callee ?? inner) ?? '';
}

/** Those of one member: a constructor declares some, too. */
function propertiesOf(member: Syntax, code: string, reader: TypeReader): [string, Members][] {
  if (member.kind === 'constructor') return constructorProperties(member, code, reader);
  const isGetter = member.kind === 'get' && isDecorated(member);
  if (member.type !== 'PropertyDefinition' && !isGetter) return [];
  const annotation = isGetter ? (member.value as Syntax).returnType : member.typeAnnotation;
  const value = isGetter ? undefined : (member.value as Syntax | null);
  const words = propertyWords({ member, annotation, value, optional: member.optional }, code, reader);
  return words ? [[nameOf(member.key)!, words]] : [];
}

function constructorProperties(member: Syntax, code: string, reader: TypeReader): [string, Members][] {
  const parameters = ((member.value as Syntax).params ?? []).filter(
    ({ type, accessibility }) => type === 'TSParameterProperty' && (accessibility ?? 'public') === 'public',
  );
  return parameters.flatMap((each) => {
    const inner = each.parameter!;
    const target = inner.left ?? inner;
    const words = propertyWords(
      {
        member: each,
        annotation: target.typeAnnotation,
        value: undefined,
        optional: target.optional || inner !== target,
      },
      code,
      reader,
    );
    return words ? [[nameOf(target)!, words] as [string, Members]] : [];
  });
}

interface Property {
  readonly member: Syntax;
  readonly annotation: Syntax | null | undefined;
  readonly value: Syntax | null | undefined;
  readonly optional: boolean | undefined;
}

function propertyWords(
  { member, annotation, value, optional }: Property,
  code: string,
  reader: TypeReader,
): Members | undefined {
  if (annotation?.typeAnnotation?.type === 'TSFunctionType' || /Function/.test(value?.type ?? '')) return undefined;
  const type = annotation ? reader.read(annotation.typeAnnotation!) : typeOfValue(value);
  const comment = docCommentBefore(code, startOf(member));
  const initial =
    value && (literalOf(value) ?? (value.type === 'Literal' && value.raw === 'null' ? { value: null } : undefined));
  return {
    type: type.words,
    ...((optional || type.optional) && { optional: true }),
    ...(type.nullable && { nullable: true }),
    ...(comment?.text && { description: comment.text }),
    ...(comment?.deprecated && { deprecated: true }),
    ...(initial && { default: initial.value }),
  };
}

function typeOfValue(value: Syntax | null | undefined): ReadType {
  const literal = value ? literalOf(value) : undefined;
  return { words: literal && { type: typeof literal.value }, nullable: false, optional: false };
}

function methodWords(member: Syntax, code: string, reader: TypeReader, results: Results): Members {
  const method = member.value as Syntax;
  const annotation = method.returnType?.typeAnnotation ?? results.get(member);
  const comment = docCommentBefore(code, startOf(member));
  const { summary, rest } = summaryAndRest(comment?.text ?? '');
  return {
    ...(annotation && answerWords(annotation, reader.within(method))),
    ...(summary && { summary }),
    ...(rest && { description: rest }),
    ...(comment?.deprecated && { deprecated: true }),
  };
}

function answerWords(annotation: Syntax, reader: TypeReader): Members {
  const isPromise = /^Promise(?:Like)?$/.test(nameOf(annotation.typeName) ?? '');
  const [inner] = (isPromise && annotation.typeArguments?.params) || [annotation];
  const { words, nullable, optional } = reader.read(inner!);
  const isNothing = nullable || optional;
  // A union of which a part is not understood says nothing, its `null` neither.
  if (
    !words &&
    inner!.type !== 'TSVoidKeyword' &&
    inner!.type !== 'TSUndefinedKeyword' &&
    inner!.type !== 'TSNullKeyword'
  )
    return {};
  return { type: words, ...(isNothing && { nothing: true }) };
}

/** Its decorators stand before it. */
function startOf({ start, decorators = [] }: Syntax): number {
  return Math.min(start, ...decorators.map((decorator) => decorator.start));
}

/** What a JSDoc comment says. */
interface DocComment {
  /** Everything before the first tag. */
  readonly text: string;
  readonly deprecated: boolean;
}

/** The one that ends where a declaration starts; `@internal` ones say nothing. */
function docCommentBefore(code: string, start: number): DocComment | undefined {
  const before = code.slice(0, start).trimEnd();
  const open = before.endsWith('*/') ? before.lastIndexOf('/*') : -1;
  if (open < 0 || !before.startsWith('/**', open) || before.length < open + 5) return undefined;
  const lines = before
    .slice(open + 3, -2)
    .split('\n')
    .map((line) => line.trim().replace(/^\*[ \t]?/, ''));
  const tag = lines.findIndex((line) => /^@[a-z]/.test(line.trimStart()));
  const tags = tag < 0 ? [] : lines.slice(tag).map((line) => line.trim());
  if (tags.some((line) => line.startsWith('@internal'))) return undefined;
  const text = (tag < 0 ? lines : lines.slice(0, tag)).join('\n').trim();
  return {
    text: text.replaceAll(/\{@link ([^{}|\s]+)\}/g, '$1'),
    deprecated: tags.some((line) => line.startsWith('@deprecated')),
  };
}

/** The first sentence of the first paragraph without its full stop, and what follows. */
function summaryAndRest(text: string): { readonly summary: string; readonly rest: string } {
  const [paragraph = '', ...others] = text.split(/\n[ \t]*\n/);
  const line = paragraph.replaceAll('\n', ' ').trim();
  const end = line.search(/\.(?: [A-Z`]|$)/);
  const summary = end < 0 ? line : line.slice(0, end);
  const rest = [end < 0 ? '' : line.slice(end + 1).trim(), ...others].filter(Boolean).join('\n\n');
  return { summary, rest };
}
