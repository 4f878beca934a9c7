import type { ParameterDescription } from '../contracts/application-description.js';
import type { ArgumentMetadata, ExecutionContext, PipeTransform } from '../contracts/pipeline.js';
import { isStandardSchema } from '../contracts/standard-schema.js';
import { BootstrapError, NOT_THERE_BECAUSE } from '../errors/bootstrap-error.js';
import { Refusal } from '../errors/http-exception.js';
import type { FormOptions } from '../http/request/upload-options.js';
import { getLogger } from '../logging/logger/current-logger.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import { type EventScope, provide, type Provided } from '../modules/instances/event-scope.js';
import { refuseObservable } from '../shared/observable.js';
import { chain } from '../shared/promise.js';
import { describeToken, isForwardReference, type Token } from '../shared/token.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import { refusingReader } from '../validation/compiled/compiled-reader.js';
import { checkDto, isDto } from '../validation/dto/check-dto-class.js';
import { INPUT_LOCATIONS, type RefusingReader } from '../validation/input-reader.js';
import { ValidationPipe } from '../validation/pipes/validation-pipe.js';
import { scalarReader, SCALARS } from '../validation/scalar-reader.js';
import { schemaReader } from '../validation/schema-reader.js';
import type { ValidationOptions } from '../validation/validation-options.js';
import { type MethodTarget, UNDEFINED_TYPE } from './plan-parameters.js';

/** The context of an event, which arguments are read from. It also holds the event's request-scoped instances. */
export type BindingContext = ExecutionContext & EventScope;

/** Returns the argument, or a Refusal. */
export type ArgumentReader = (context: BindingContext) => MaybePromise<unknown>;

/** Compiles the readers of one kind of parameter. */
export type ReaderOf = (parameter: ParameterDescription) => ArgumentReader;

/** Finds the values of parameters in one kind of event: a request or a record. */
export interface ArgumentSource {
  /** @throws BootstrapError for a parameter that this kind of event has no value for. */
  read(parameter: ParameterDescription, options: BindingOptions, convert: boolean): ArgumentReader;
  /** Refuses bodies that a method does not consume, if it says which and none of its parameters reads the body. */
  refuseOthers?(
    target: MethodTarget,
    parameters: readonly ParameterDescription[],
  ): ((context: BindingContext) => void) | undefined;
  /** Whether the members of this event's body are text, whatever types they are declared as. */
  isForm?(context: BindingContext): boolean;
  /** Whether the source has no value to send here, so that the missing one is not validated. */
  isAbsent?(context: BindingContext, parameter: ParameterDescription): boolean;
}

export interface BindingOptions {
  readonly source: ArgumentSource;
  readonly uploads: FormOptions;
  readonly validation: ValidationOptions;
  /** Global, controller's and method's pipes, in this order. They get every argument that comes from outside. */
  readonly pipes: readonly Provided<PipeTransform, EventScope>[];
  /** Whether a parameter's pipe is for the method's kind of event. */
  isFor(pipe: unknown): boolean;
  /** Finds the provider of an injected parameter; the module graph ensures that only an optional one has none. */
  findProvider(token: Token): Provided<unknown, EventScope> | undefined;
  /** Finds the instance of a pipe class. */
  resolvePipe(type: Constructor<PipeTransform>): Provided<PipeTransform, EventScope>;
}

/** The parameters that every event has a value for, whatever its source. */
export const INVOCATION_SOURCES = {
  event:
    () =>
    ({ event }) =>
      event,
  context:
    () =>
    ({ lambdaContext }) =>
      lambdaContext,
  signal:
    () =>
    ({ signal }) =>
      signal,
  custom:
    ({ factory, data }) =>
    (context) =>
      factory?.(data as never, context as never),
} as const satisfies Partial<Record<ParameterKind, ReaderOf>>;

/** Compiles one parameter: reads its value, then applies conversions and pipes. */
export function compileArgument(declared: ParameterDescription, options: BindingOptions): ArgumentReader {
  const parameter = withGivenType({ ...declared, pipes: declared.pipes.filter((pipe) => options.isFor(pipe)) });
  checkDeclaredType(parameter);
  if (parameter.kind === 'inject') {
    const provider = options.findProvider(tokenOf(parameter));
    return provider ? (context) => provide(provider, context) : () => undefined;
  }
  const read = options.source.read(parameter, options, convertsFirst(parameter, options));
  return conversionsOf(parameter, options).reduce<ArgumentReader>(
    (before, convert) => (context) =>
      chain(before(context), (value) => (value instanceof Refusal ? value : convert(value, context))),
    read,
  );
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

/** Whether the declared type converts the value before the pipes run. */
function convertsFirst(parameter: ParameterDescription, options: BindingOptions): boolean {
  if (!isDto(parameter.type)) return parameter.pipes.length === 0;
  // A ValidationPipe validates instead, with its own options.
  const shared = options.pipes.map((pipe) => (pipe.resolve === undefined ? pipe.instance : pipe.type));
  return ![...shared, ...parameter.pipes].some(isValidationPipe);
}

/** Whether it is an instance of ValidationPipe, the class itself, or a subclass. */
function isValidationPipe(pipe: unknown): boolean {
  return (typeof pipe === 'function' ? (pipe.prototype as unknown) : pipe) instanceof ValidationPipe;
}

/** Converts or checks a value on its way to the argument. It may return a Refusal. */
type Conversion = (value: unknown, context: BindingContext) => MaybePromise<unknown>;

/**
 * Returns the conversions in NestJS's order: global, controller's and method's pipes, then the parameter's own.
 *
 * The declared type converts first. A parameter with pipes of its own passes them the raw value, and is converted
 * afterwards if it still is a string.
 */
function conversionsOf(parameter: ParameterDescription, options: BindingOptions): Conversion[] {
  const { kind, type } = parameter;
  const location = INPUT_LOCATIONS[kind];
  const isInput = kind === 'custom' || location !== undefined;
  const shared = isInput ? options.pipes.map((pipe) => pipeConversion(pipe, parameter, options.source)) : [];
  const pipes = [...shared, ...parameter.pipes.map((given) => conversionOf(given, parameter, options))];
  // The body's own reader converts it, and values from inside have their declared type.
  const declared = kind === 'body' || !location ? undefined : typeReader(type, parameter, options.validation);
  if (!declared) return pipes;
  if (convertsFirst(parameter, options)) return [declared, ...pipes];
  return isDto(type) ? pipes : [...pipes, (value) => (typeof value === 'string' ? declared(value) : value)];
}

/** Compiles what a decorator was given: a pipe, a DTO class, a type such as `Number`, or a Standard Schema. */
function conversionOf(given: unknown, parameter: ParameterDescription, options: BindingOptions): Conversion {
  // Checked before pipes, because zod's schemas have a `transform` method, too.
  if (isStandardSchema(given)) return schemaReader(given, INPUT_LOCATIONS[parameter.kind] ?? 'body', parameter.key);
  if (isPipeClass(given)) return pipeConversion(options.resolvePipe(given), parameter, options.source);
  if (isPipe(given)) return pipeConversion({ instance: given }, parameter, options.source);
  if (isDto(given)) checkDtoOf(given, parameter.where);
  const reader = typeReader(given, parameter, options.validation);
  if (reader) return reader;
  throw new BootstrapError(
    `${parameter.where}: ${describeGiven(given)} is not a pipe (it has no transform method), a class with ` +
      `class-validator decorators, or a Standard Schema.${hintFor(given, parameter)}`,
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

function hintFor(given: unknown, { kind }: ParameterDescription): string {
  if (given === undefined || given === null) return ` ${NOT_THERE_BECAUSE}`;
  // NestJS users pass `{ passthrough: true }` here.
  return kind === 'response' ? ' @Res() needs no options: return the result, and it is sent with what you set.' : '';
}

function pipeConversion(
  pipe: Provided<PipeTransform, EventScope>,
  parameter: ParameterDescription,
  { isForm, isAbsent }: ArgumentSource,
): Conversion {
  // One object per parameter and body format, because pipes cache what they compile for it.
  const metadata: ArgumentMetadata = { type: parameter.kind, metatype: parameter.type, data: parameter.key };
  const metadataOf = parameter.kind === 'body' && isForm ? metadataOfForms(metadata, isForm) : () => metadata;
  return (value, context) =>
    chain(provide(pipe, context), (instance) => {
      // Nothing to build or validate.
      if (value === undefined && instance instanceof ValidationPipe && isAbsent?.(context, parameter)) return undefined;
      return chain(instance.transform(value, metadataOf(context)), (result) =>
        refuseObservable(result, instance.constructor.name),
      );
    });
}

function metadataOfForms(
  metadata: ArgumentMetadata,
  isForm: NonNullable<ArgumentSource['isForm']>,
): (context: BindingContext) => ArgumentMetadata {
  const ofForm: ArgumentMetadata = { ...metadata, strings: true };
  return (context) => (isForm(context) ? ofForm : metadata);
}

/** Returns the conversion to a type; `undefined` if the type needs none. Everything but a body consists of strings. */
function typeReader(
  type: unknown,
  { kind, key }: ParameterDescription,
  validation: ValidationOptions,
): RefusingReader | undefined {
  const location = INPUT_LOCATIONS[kind] ?? 'body';
  if (isDto(type)) return refusingReader(type, { location, key, strings: location !== 'body' }, validation);
  if (key === undefined || (type !== Array && !SCALARS.has(type))) return undefined;
  return scalarReader(type, [location, key]);
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
  if (isDto(type)) checkDtoOf(type, where);
  if (pipes.length > 0) return;
  if (type === undefined)
    throw new BootstrapError(`${where}: ${UNDEFINED_TYPE}, so nothing would be checked. Break the circle.`);
  if (type === Function)
    throw new BootstrapError(
      `${where}: its type is a class imported with \`import type\`, so it does not exist at run time and nothing ` +
        'would be checked. Import the class without `type`.',
    );
}

const warned = new WeakSet<Constructor>();

/**
 * Finds errors in a DTO class. Warns once per class of properties whose type only some compilers emit.
 *
 * @throws BootstrapError if the class would refuse every request, or check nothing.
 */
function checkDtoOf(type: Constructor, where: string): void {
  const unclear = checkDto(type, where);
  if (unclear.length === 0 || warned.has(type)) return;
  warned.add(type);
  getLogger().warning(
    'The compiler does not say whether these properties are lists, so JSON input may hold a single value instead: ' +
      'add @IsArray(), or, if one value is fine, a rule for the whole value such as @IsNotEmpty()',
    { properties: unclear },
  );
}
