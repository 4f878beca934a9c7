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
import { checkDto, isDto } from '../validation/dto/check-dto.js';
import { INPUT_LOCATIONS, type RefusingReader } from '../validation/input-reader.js';
import { ValidationPipe } from '../validation/pipes/validation-pipe.js';
import { scalarReader } from '../validation/scalar-reader.js';
import { schemaReader } from '../validation/schema-reader.js';
import type { ValidationOptions } from '../validation/validation-options.js';
import type { MethodTarget } from './plan-parameters.js';

/** Where a kind of event has the values of parameters. */
export interface ArgumentSource extends BodyForm {
  /** @throws BootstrapError for a parameter that it has nothing for. */
  read(parameter: ParameterDescription, options: BindingOptions, convert: boolean): ArgumentReader;
  /** Refuses bodies that a method does not take, where it said which and none of its parameters reads one. */
  refuseOthers?(
    target: MethodTarget,
    parameters: readonly ParameterDescription[],
  ): ((context: BindingContext) => void) | undefined;
}

export interface BindingOptions extends ConversionOptions {
  readonly source: ArgumentSource;
  readonly uploads: FormOptions;
  /** Global, controller's and method's pipes, in this order: they see every argument that comes from outside. */
  readonly pipes: readonly Provided<PipeTransform, EventScope>[];
  /** Whether a pipe of a parameter is for the method's kind of event. */
  isFor(pipe: unknown): boolean;
  /** Finds the provider of an injected parameter; only an optional one has none, the module graph saw to that. */
  findProvider(token: Token): Provided<unknown, EventScope> | undefined;
}

/** Compiles one parameter: where its value is read, then everything that happens to it. */
export function compileArgument(declared: ParameterDescription, options: BindingOptions): ArgumentReader {
  const parameter = withGivenType({ ...declared, pipes: declared.pipes.filter((pipe) => options.isFor(pipe)) });
  checkDeclaredType(parameter);
  const read = sourceOf(parameter, options);
  const conversions = conversionsOf(parameter, options);
  return conversions.reduce<ArgumentReader>(
    (before, convert) => (context) =>
      chain(before(context), (value) => (value instanceof Refusal ? value : convert(value, context))),
    read,
  );
}

/** `@Body(CreateOrder) body: unknown` is `@Body() body: CreateOrder`: the class that is given first is the type. */
function withGivenType(parameter: ParameterDescription): ParameterDescription {
  const [first, ...pipes] = parameter.pipes;
  return isDto(first) && INPUT_LOCATIONS[parameter.kind] ? { ...parameter, type: first, pipes } : parameter;
}

function sourceOf(parameter: ParameterDescription, options: BindingOptions): ArgumentReader {
  if (parameter.kind === 'inject') return injected(options.findProvider(tokenOf(parameter)));
  return options.source.read(parameter, options, convertsFirst(parameter, options));
}

function injected(provider: Provided<unknown, EventScope> | undefined): ArgumentReader {
  return provider ? (context) => provide(provider, context) : () => undefined;
}

/**
 * What happens to the value, in NestJS's order: global, controller's and method's pipes, then the parameter's own.
 *
 * The declared type converts first. A parameter with pipes of its own hands them the raw value,
 * and is converted afterwards if it still is a string.
 */
function conversionsOf(parameter: ParameterDescription, options: BindingOptions): Conversion[] {
  if (parameter.kind === 'inject') return [];
  const shared = isInput(parameter) ? options.pipes.map((pipe) => pipeConversion(pipe, parameter, options.source)) : [];
  const pipes = [...shared, ...parameter.pipes.map((given) => conversionOf(given, parameter, options))];
  const declared = readerOfDeclared(parameter, options);
  if (!declared) return pipes;
  if (convertsFirst(parameter, options)) return [declared, ...pipes];
  return isDto(parameter.type) ? pipes : [...pipes, (value) => (typeof value === 'string' ? declared(value) : value)];
}

/** What a body is declared as, the body's own reader sees to; what comes from inside is what it is declared as. */
function readerOfDeclared(parameter: ParameterDescription, { validation }: BindingOptions): RefusingReader | undefined {
  const { kind, type } = parameter;
  return kind === 'body' || !INPUT_LOCATIONS[kind] ? undefined : typeReader(type, parameter, validation);
}

function isInput({ kind }: ParameterDescription): boolean {
  return kind === 'custom' || INPUT_LOCATIONS[kind] !== undefined;
}

function convertsFirst(parameter: ParameterDescription, options: BindingOptions): boolean {
  if (!isDto(parameter.type)) return parameter.pipes.length === 0;
  // A ValidationPipe takes the work over, with the options that it was given.
  const shared = options.pipes.map((pipe) => (pipe.resolve === undefined ? pipe.instance : pipe.type));
  return ![...shared, ...parameter.pipes].some(isValidationPipe);
}

/** An instance, the class, or an heir of it. */
function isValidationPipe(pipe: unknown): boolean {
  return (typeof pipe === 'function' ? (pipe.prototype as unknown) : pipe) instanceof ValidationPipe;
}

function tokenOf(parameter: ParameterDescription): Token {
  const { token } = parameter;
  if (token === undefined) return parameter.type as Token;
  return isForwardReference(token) ? (token.forwardRef() as Token) : token;
}

/** What arguments are read from: the context of the event, which also holds its request-scoped instances. */
export type BindingContext = ExecutionContext & EventScope;

/** Gives the argument, or a Refusal. */
export type ArgumentReader = (context: BindingContext) => MaybePromise<unknown>;

/** Makes the readers of one kind of parameter. */
export type ReaderOf = (parameter: ParameterDescription) => ArgumentReader;

/** What every event has, whatever its source. */
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

/** One thing that happens to a value on its way from the request to the argument; it may give a Refusal. */
type Conversion = (value: unknown, context: BindingContext) => MaybePromise<unknown>;

/** Tells how a kind of event carries its body; one that has no forms says nothing. */
interface BodyForm {
  /** Whether the members of this event's body are text whatever they are declared as. */
  isForm?(context: BindingContext): boolean;
  /** Whether there is no value because the source has none to tell, which no class is to be asked about. */
  isAbsent?(context: BindingContext, parameter: ParameterDescription): boolean;
}

interface ConversionOptions {
  readonly validation: ValidationOptions;
  readonly source: BodyForm;
  /** Finds the instance of a pipe class. */
  resolvePipe(type: Constructor<PipeTransform>): Provided<PipeTransform, EventScope>;
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

/** A pipe, a DTO class, a type such as `Number`, or a Standard Schema, made into a conversion. */
function conversionOf(given: unknown, parameter: ParameterDescription, options: ConversionOptions): Conversion {
  // Before pipes are: zod's schemas have a `transform` of their own.
  if (isStandardSchema(given)) return schemaReader(given, INPUT_LOCATIONS[parameter.kind] ?? 'body', parameter.key);
  if (isPipeClass(given)) return pipeConversion(options.resolvePipe(given), parameter, options.source);
  if (isPipe(given)) return pipeConversion({ instance: given }, parameter, options.source);
  if (isDto(given)) checkDtoOf(given, parameter.where);
  const reader = typeReader(given, parameter, options.validation);
  if (reader) return reader;
  throw new BootstrapError(
    `${parameter.where}: ${describeGiven(given)} is no pipe (it has no transform method), no class with ` +
      `class-validator decorators and no Standard Schema.${hintFor(given, parameter)}`,
  );
}

function hintFor(given: unknown, { kind }: ParameterDescription): string {
  if (given === undefined || given === null) return ` ${NOT_THERE_BECAUSE}`;
  return kind === 'response' ? RESPONSE_HINT : '';
}

/** NestJS has `{ passthrough: true }` there. */
const RESPONSE_HINT =
  ' A response needs no options: what the method returns is the answer, with what was set on the response.';

function describeGiven(given: unknown): string {
  return typeof given === 'object' && given !== null ? `{ ${Object.keys(given).join(', ')} }` : describeToken(given);
}

function pipeConversion(
  pipe: Provided<PipeTransform, EventScope>,
  parameter: ParameterDescription,
  { isForm, isAbsent }: BodyForm,
): Conversion {
  // One object a parameter and form, for pipes keep what they make for it.
  const metadata: ArgumentMetadata = { type: parameter.kind, metatype: parameter.type, data: parameter.key };
  const metadataOf = parameter.kind === 'body' && isForm ? metadataOfForms(metadata, isForm) : () => metadata;
  return (value, context) =>
    chain(provide(pipe, context), (instance) => {
      // Nothing to build, and nothing to check.
      if (value === undefined && instance instanceof ValidationPipe && isAbsent?.(context, parameter)) return undefined;
      return chain(instance.transform(value, metadataOf(context)), (made) =>
        refuseObservable(made, instance.constructor.name),
      );
    });
}

function metadataOfForms(
  metadata: ArgumentMetadata,
  isForm: NonNullable<BodyForm['isForm']>,
): (context: BindingContext) => ArgumentMetadata {
  const ofForm: ArgumentMetadata = { ...metadata, strings: true };
  return (context) => (isForm(context) ? ofForm : metadata);
}

const SCALARS: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date, Array, BigInt]);

/** Converts to a type; `undefined` where the type says nothing. Everything but a body is made of strings. */
function typeReader(
  type: unknown,
  { kind, key }: ParameterDescription,
  validation: ValidationOptions,
): RefusingReader | undefined {
  const location = INPUT_LOCATIONS[kind] ?? 'body';
  if (isDto(type)) return refusingReader(type, { location, key, strings: location !== 'body' }, validation);
  if (key === undefined || !SCALARS.has(type)) return undefined;
  return scalarReader(type, [location, key]);
}

/** Kinds whose values are converted to the declared type and checked by it. */
const CHECKED: ReadonlySet<ParameterKind> = new Set(['body', 'query', 'param', 'headers', 'cookies']);

/**
 * Finds types by which input would be refused always, or never be checked.
 *
 * @throws BootstrapError when the class is not known at run time, or those of its properties are not.
 */
function checkDeclaredType({ kind, type, pipes, where }: ParameterDescription): void {
  if (!CHECKED.has(kind)) return;
  if (isDto(type)) checkDtoOf(type, where);
  if (pipes.length > 0) return;
  if (type === undefined) throw new BootstrapError(`${where}: ${NOT_THERE_YET}`);
  if (type === Function) throw new BootstrapError(`${where}: ${TYPE_ONLY}`);
}

const told = new WeakSet<Constructor>();

/**
 * Finds what is wrong in a DTO, and warns of what only some compilers will hold, once a class.
 *
 * @throws BootstrapError when it would refuse every request, or check nothing.
 */
function checkDtoOf(type: Constructor, where: string): void {
  const unclear = checkDto(type, where);
  if (unclear.length === 0 || told.has(type)) return;
  told.add(type);
  getLogger().warning(
    'The compiler does not say whether these properties are lists, so that a single value is taken, too, where JSON comes in: ' +
      'add @IsArray(), or a rule of the whole, such as @IsNotEmpty(), where it may be one value',
    { properties: unclear },
  );
}

const NOT_THERE_YET =
  'its type was not there yet when the class was evaluated, which a circle of imports causes, so nothing would be ' +
  'checked. Break the circle.';

const TYPE_ONLY =
  'its type is a class that is imported with `import type`, so nothing of it is left at run time and nothing would be ' +
  'checked. Import the class without `type`.';
