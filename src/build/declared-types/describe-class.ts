import { nameOf, nodeIn, partsOf, type Syntax } from '../syntax.js';
import { docCommentBefore, summaryAndRest } from './doc-comment.js';
import { literalOf, type ReadType, type TypeReader } from './type-reader.js';

/** A part of a class description. */
type Members = Readonly<Record<string, unknown>>;

/** The decorators that make a method a route. */
const ROUTES: ReadonlySet<string> = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All']);
/** The decorators of classes that are not DTOs. */
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

/** The inferred result types of methods that declare none. */
export type Results = ReadonlyMap<Syntax, Syntax>;

/** Returns the routes of a class that declare no result type. */
export function undeclaredResults(declaration: Syntax): Syntax[] {
  return partsOf(declaration).filter(
    (member) => isNamed(member) && isRoute(member) && !nodeIn(member.value)?.returnType,
  );
}

/** Describes the properties and routes of a class from its source, or returns `undefined` when there are none. */
export function describeClass(
  declaration: Syntax,
  code: string,
  types: TypeReader,
  results: Results,
): Members | undefined {
  const reader = types.within(declaration);
  const members = partsOf(declaration).filter(isNamed);
  const properties = holdsData(declaration) ? members.flatMap((member) => propertiesOf(member, code, reader)) : [];
  const methods = members
    .filter(isRoute)
    .map((member) => [nameOf(member.key)!, describeMethod(member, code, reader, results)] as const);
  const description = { ...named('properties', properties, true), ...named('methods', methods, false) };
  return Object.keys(description).length > 0 ? description : undefined;
}

function named(kind: string, entries: readonly (readonly [string, Members])[], keepsEmpty: boolean): Members {
  const kept = entries.filter(([, members]) => keepsEmpty || Object.keys(members).length > 0);
  return kept.length > 0 ? { [kind]: Object.fromEntries(kept) } : {};
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

function holdsData(declaration: Syntax): boolean {
  const { decorators = [] } = declaration;
  if (decorators.some((decorator) => NO_DATA.has(decoratorName(decorator)))) return false;
  const members = partsOf(declaration);
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
  const inner = nodeIn(expression);
  return nameOf(inner?.callee ?? inner) ?? '';
}

/** Describes the properties that a member declares. A constructor may declare several. */
function propertiesOf(member: Syntax, code: string, reader: TypeReader): [string, Members][] {
  if (member.kind === 'constructor') return constructorProperties(member, code, reader);
  const isGetter = member.kind === 'get' && isDecorated(member);
  if (member.type !== 'PropertyDefinition' && !isGetter) return [];
  const inner = nodeIn(member.value);
  const annotation = isGetter ? inner?.returnType : member.typeAnnotation;
  const value = isGetter ? undefined : inner;
  const property = describeProperty({ member, annotation, value, optional: member.optional }, code, reader);
  return property ? [[nameOf(member.key)!, property]] : [];
}

function constructorProperties(member: Syntax, code: string, reader: TypeReader): [string, Members][] {
  const parameters = (nodeIn(member.value)?.params ?? []).filter(
    ({ type, accessibility }) => type === 'TSParameterProperty' && (accessibility ?? 'public') === 'public',
  );
  return parameters.flatMap((each): [string, Members][] => {
    const inner = each.parameter!;
    const target = inner.left ?? inner;
    const property = describeProperty(
      {
        member: each,
        annotation: target.typeAnnotation,
        value: undefined,
        optional: target.optional || inner !== target,
      },
      code,
      reader,
    );
    return property ? [[nameOf(target)!, property]] : [];
  });
}

interface Property {
  readonly member: Syntax;
  readonly annotation: Syntax | null | undefined;
  readonly value: Syntax | undefined;
  readonly optional: boolean | undefined;
}

function describeProperty(
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
    type: type.schema,
    ...((optional || type.optional) && { optional: true }),
    ...(type.nullable && { nullable: true }),
    ...(comment?.text && { description: comment.text }),
    ...(comment?.deprecated && { deprecated: true }),
    ...(initial && { default: initial.value }),
  };
}

function typeOfValue(value: Syntax | undefined): ReadType {
  const literal = value ? literalOf(value) : undefined;
  return { schema: literal && { type: typeof literal.value }, nullable: false, optional: false };
}

function describeMethod(member: Syntax, code: string, reader: TypeReader, results: Results): Members {
  const method = nodeIn(member.value);
  const annotation = method?.returnType?.typeAnnotation ?? results.get(member);
  const comment = docCommentBefore(code, startOf(member));
  const { summary, rest } = summaryAndRest(comment?.text ?? '');
  return {
    ...(annotation && describeResult(annotation, reader.within(method))),
    ...(summary && { summary }),
    ...(rest && { description: rest }),
    ...(comment?.deprecated && { deprecated: true }),
  };
}

function describeResult(annotation: Syntax, reader: TypeReader): Members {
  const isPromise = /^Promise(?:Like)?$/.test(nameOf(annotation.typeName) ?? '');
  const [inner] = (isPromise && annotation.typeArguments?.params) || [annotation];
  const { schema, nullable, optional } = reader.read(inner!);
  const isNothing = nullable || optional;
  // A union with an unsupported part is not described at all, not even its `null`.
  if (
    !schema &&
    inner!.type !== 'TSVoidKeyword' &&
    inner!.type !== 'TSUndefinedKeyword' &&
    inner!.type !== 'TSNullKeyword'
  )
    return {};
  return { type: schema, ...(isNothing && { nothing: true }) };
}

/** Returns where a member starts, including its decorators. */
function startOf({ start, decorators = [] }: Syntax): number {
  return Math.min(start, ...decorators.map((decorator) => decorator.start));
}
