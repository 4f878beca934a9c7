import type { ParameterDescription } from '../../contracts/application-description.js';
import type { PipeTransform } from '../../contracts/pipeline.js';
import { isStandardSchema } from '../../contracts/standard-schema.js';
import { BootstrapError, NOT_THERE_BECAUSE } from '../../errors/bootstrap-error.js';
import type { ParameterKind } from '../../metadata/class-metadata.js';
import type { ProviderPlan } from '../../modules/provider-plan.js';
import { isBranded } from '../../shared/brand.js';
import { methodName } from '../../shared/class-methods.js';
import { describeToken, isForwardReference, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import { refusingReader } from '../../validation/compiled/compiled-reader.js';
import { isDto } from '../../validation/dto/check-dto-class.js';
import { INPUT_LOCATIONS, type InputSource, type RefusingReader } from '../../validation/input-reader.js';
import { SCALARS } from '../../validation/scalar-reader.js';
import type { ValidationOptions } from '../../validation/validation-options.js';
import type { ArgumentPlan, ArgumentsPlan, InputReaders, PipePlan } from '../argument-plan.js';
import { consumedBy } from './body-kinds.js';
import { type MethodTarget, OR_DEFAULT_VALUE, planParameters, UNDEFINED_TYPE } from './plan-parameters.js';
import { checkDtoClass } from './plan-reader.js';

/** The settings for planning the arguments of a method. */
export interface ArgumentPlanning {
  /** The source of the values. */
  readonly source: 'request' | 'record' | 'batch';
  readonly validation: ValidationOptions;
  /** Whether a parameter's pipe is for the method's kind of event. */
  isFor(pipe: unknown): boolean;
  /** Finds the provider of an injected parameter; the module graph ensures that only an optional one has none. */
  findProvider(token: Token): ProviderPlan | undefined;
  /** Finds the provider of a pipe class. */
  findPipe(type: Constructor<PipeTransform>): ProviderPlan;
}

/**
 * Plans how the arguments of a method are read.
 *
 * @throws BootstrapError if it is unclear where a parameter's value comes from, or what checks it.
 */
export function planArguments(target: MethodTarget, planning: ArgumentPlanning): ArgumentsPlan {
  const parameters = planParameters(target);
  if (planning.source === 'batch')
    return { list: parameters.map((parameter) => planArgument(itemOf(parameter), planning)) };
  const list = parameters.map((parameter) => planArgument(parameter, planning));
  const consumes = planning.source === 'request' ? declaredKinds(target, parameters) : undefined;
  return consumes ? { list, consumes } : { list };
}

/** Returns the kinds of body that a method declares, unless one of its parameters refuses the others. */
function declaredKinds(target: MethodTarget, parameters: readonly ParameterDescription[]): ArgumentsPlan['consumes'] {
  if (parameters.some(({ kind }) => INPUT_LOCATIONS[kind] === 'body')) return undefined;
  const kinds = consumedBy(target.controller, target.metadata, methodName(target.controller, target.key));
  return !kinds || kinds.includes('any') ? undefined : kinds;
}

const LIST_TYPES: ReadonlySet<unknown> = new Set([Array, Object, undefined]);

/** In a batch, the declared type is that of the list; a class or a schema in the decorator is the type of its items. */
function itemOf(parameter: ParameterDescription): ParameterDescription {
  if (parameter.kind !== 'body' && parameter.kind !== 'record') return parameter;
  if (LIST_TYPES.has(parameter.type)) return { ...parameter, type: Object };
  const { name } = parameter.type as { name: string };
  throw new BootstrapError(
    `${parameter.where}: with { batch: true } it is a list with one item per record, but it is declared as ${name}. ` +
      `Declare it as ${name}[], and pass the class to the decorator to validate each item: @Body(${name}).`,
  );
}

function planArgument(declared: ParameterDescription, planning: ArgumentPlanning): ArgumentPlan {
  const parameter = withGivenType({ ...declared, pipes: declared.pipes.filter((pipe) => planning.isFor(pipe)) });
  checkDeclaredType(parameter);
  const { kind, key, form, required, factory, data, type, consumes } = parameter;
  if (kind === 'inject') {
    const provider = planning.findProvider(tokenOf(parameter));
    return provider ? { kind, provider } : { kind };
  }
  checkKind(parameter, planning);
  const pipes = parameter.pipes.map((pipe) => planPipe(pipe, parameter, planning));
  const separator = kind === 'query' && key !== undefined ? separatorOf(parameter.pipes) : undefined;
  const readers = readersOf(parameter, planning);
  return {
    kind,
    type,
    ...(key !== undefined && { key }),
    ...(form && { form }),
    ...(required && { required }),
    ...(factory && { factory, data }),
    ...(consumes && { consumes }),
    ...(separator !== undefined && { separator }),
    ...(readers && { readers }),
    ...(pipes.length > 0 && { pipes }),
  };
}

/** Makes `@Body(CreateOrder) body: unknown` the same as `@Body() body: CreateOrder`. */
function withGivenType(parameter: ParameterDescription): ParameterDescription {
  const [first, ...pipes] = parameter.pipes;
  return isDto(first) && INPUT_LOCATIONS[parameter.kind] ? { ...parameter, type: first, pipes } : parameter;
}

function tokenOf({ token, type }: ParameterDescription): Token {
  if (token === undefined) return type as Token;
  return isForwardReference(token) ? (token.forwardRef() as Token) : token;
}

/** The parameters that only a request has values for. */
const OF_REQUESTS: ReadonlySet<ParameterKind> = new Set([
  'query',
  'param',
  'headers',
  'cookies',
  'request',
  'response',
  'ip',
  'uploadedFile',
  'uploadedFiles',
]);

/** @throws BootstrapError for a parameter that this kind of event has no value for. */
function checkKind({ kind, form, where }: ParameterDescription, { source }: ArgumentPlanning): void {
  if (source === 'request') {
    if (kind === 'record') throw new BootstrapError(`${where}: @Record() is for consumers; a request has no record.`);
    return;
  }
  if (form) throw new BootstrapError(`${where}: @Form() is for requests; a record has no form. Use @Body().`);
  if (!OF_REQUESTS.has(kind)) return;
  throw new BootstrapError(
    `${where}: a record has no ${kind}. ` +
      'Consumers accept @Body(), @Record(), @Event(), @Context(), @Inject() and the like.',
  );
}

/** Plans what a decorator was given: a pipe, a DTO class, a type such as `Number`, or a Standard Schema. */
function planPipe(given: unknown, parameter: ParameterDescription, planning: ArgumentPlanning): PipePlan {
  const { kind, key, where } = parameter;
  // Checked before pipes, because zod's schemas have a `transform` method, too.
  if (isStandardSchema(given)) return { schema: given };
  if (isPipeClass(given)) return { provider: planning.findPipe(given) };
  if (isPipe(given)) return { instance: given };
  if (isDto(given)) {
    checkDtoClass(given, where);
    const location = INPUT_LOCATIONS[kind] ?? 'body';
    return { reader: readerOf(given, parameter, planning, location !== 'body') };
  }
  if (key !== undefined && (given === Array || SCALARS.has(given))) return { type: given };
  throw new BootstrapError(
    `${where}: ${describeGiven(given)} is not a pipe (it has no transform method), a class with ` +
      `class-validator decorators, or a Standard Schema.${hintFor(given, kind)}`,
  );
}

function isPipeClass(value: unknown): value is Constructor<PipeTransform> {
  return (
    typeof value === 'function' &&
    typeof (value.prototype as Partial<PipeTransform> | undefined)?.transform === 'function'
  );
}

function isPipe(value: unknown): value is PipeTransform {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<PipeTransform>).transform === 'function'
  );
}

function describeGiven(given: unknown): string {
  return typeof given === 'object' && given !== null ? `{ ${Object.keys(given).join(', ')} }` : describeToken(given);
}

function hintFor(given: unknown, kind: ParameterKind): string {
  if (given === undefined || given === null) return ` ${NOT_THERE_BECAUSE}`;
  // NestJS users pass `{ passthrough: true }` here.
  return kind === 'response' ? ' @Res() needs no options: return the result, and it is sent with what you set.' : '';
}

/**
 * Returns the separator of the first pipe if it is ParseArrayPipe. A DefaultValuePipe may come before it; any other
 * pipe gets the value itself.
 */
function separatorOf(pipes: readonly unknown[]): string | undefined {
  const pipe = pipes.find((each) => !isBranded(each, 'DefaultValuePipe'));
  if (!isBranded(pipe, 'ParseArrayPipe')) return undefined;
  return typeof pipe === 'function' ? ',' : (pipe as { readonly separator: string }).separator;
}

function readersOf(parameter: ParameterDescription, planning: ArgumentPlanning): InputReaders | undefined {
  const { kind, type, consumes = [] } = parameter;
  if (!isDto(type) || !INPUT_LOCATIONS[kind]) return undefined;
  // Everything but a body consists of strings.
  if (INPUT_LOCATIONS[kind] !== 'body') return { strings: readerOf(type, parameter, planning, true) };
  const json = readerOf(type, parameter, planning, false);
  const mayBeForm = planning.source === 'request' && (consumes.includes('form') || consumes.includes('any'));
  return mayBeForm ? { json, strings: readerOf(type, parameter, planning, true) } : { json };
}

function readerOf(
  type: Constructor,
  { kind, key }: ParameterDescription,
  { validation }: ArgumentPlanning,
  strings: boolean,
): RefusingReader {
  const source: InputSource = { location: INPUT_LOCATIONS[kind] ?? 'body', key, strings };
  return refusingReader(type, source, validation);
}

/** The kinds whose values are converted to the declared type and validated by it. */
const CHECKED: ReadonlySet<ParameterKind> = new Set(['body', 'query', 'param', 'headers', 'cookies']);

/**
 * Finds types that would refuse all input, or leave it unchecked.
 *
 * @throws BootstrapError if the class, or the class of one of its properties, is not known at run time.
 */
function checkDeclaredType({ kind, type, pipes, where }: ParameterDescription): void {
  if (!CHECKED.has(kind)) return;
  if (isDto(type)) checkDtoClass(type, where);
  if (pipes.length > 0) return;
  if (type === undefined)
    throw new BootstrapError(
      `${where}: ${UNDEFINED_TYPE}, so nothing would be checked. Break the circle. ${OR_DEFAULT_VALUE}`,
    );
  if (type === Function)
    throw new BootstrapError(
      `${where}: its type is a class imported with \`import type\`, so it does not exist at run time and nothing ` +
        'would be checked. Import the class without `type`.',
    );
}
