import type { ArgumentMetadata, ExecutionContext, PipeTransform } from '../contracts/pipeline.js';
import { Refusal } from '../errors/http-exception.js';
import type { FormOptions } from '../http/request/upload-options.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import { type EventScope, provide, type Provided } from '../modules/instances/event-scope.js';
import type { ProviderPlan } from '../modules/provider-plan.js';
import { isBranded } from '../shared/brand.js';
import { refuseObservable } from '../shared/observable.js';
import { chain, isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { INPUT_LOCATIONS, type RefusingReader } from '../validation/input-reader.js';
import { scalarReader, SCALARS } from '../validation/scalar-reader.js';
import { schemaReader } from '../validation/schema-reader.js';
import type { ValidationOptions } from '../validation/validation-options.js';
import type { ArgumentPlan, PipePlan } from './argument-plan.js';

/** The context of an event, which arguments are read from. It also holds the event's request-scoped instances. */
export type BindingContext = ExecutionContext & EventScope;

/** Returns the argument, or a Refusal. */
export type ArgumentReader = (context: BindingContext) => MaybePromise<unknown>;

/** Compiles the readers of one kind of parameter. */
export type ReaderOf = (plan: ArgumentPlan) => ArgumentReader;

/** Finds the values of parameters in one kind of event: a request or a record. */
export interface ArgumentSource {
  /** @param convert Whether the declared type converts the value before pipes run. */
  read(plan: ArgumentPlan, options: BindingOptions, convert: boolean): ArgumentReader;
  /** Whether the members of this event's body are text, whatever types they are declared as. */
  isForm?(context: BindingContext): boolean;
  /** Whether the source has no value to send here, so that the missing one is not validated. */
  isAbsent?(context: BindingContext, plan: ArgumentPlan): boolean;
}

export interface BindingOptions {
  readonly source: ArgumentSource;
  readonly uploads: FormOptions;
  readonly validation: ValidationOptions;
  /** Global, controller's and method's pipes, in this order. They get every argument that comes from outside. */
  readonly pipes: readonly Provided<PipeTransform, EventScope>[];
  provided<T>(plan: ProviderPlan): Provided<T, EventScope>;
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
export function compileArgument(plan: ArgumentPlan, options: BindingOptions): ArgumentReader {
  if (plan.kind === 'inject') {
    const provider = plan.provider && options.provided(plan.provider);
    return provider ? (context) => provide(provider, context) : () => undefined;
  }
  const own = (plan.pipes ?? []).map((pipe) => givenPipe(pipe, options));
  const convertsFirst = typeConvertsFirst(plan, [...options.pipes, ...own]);
  const read = options.source.read(plan, options, convertsFirst);
  return conversionsOf(plan, options, own, convertsFirst).reduce(converted, read);
}

/** Converts what was read, unless it was refused. */
function converted(read: ArgumentReader, convert: Conversion): ArgumentReader {
  return (context) => {
    const value = read(context);
    // Text, as most parameters are, is neither a promise nor a refusal: `instanceof` alone takes as long as the rest.
    if (typeof value === 'string' || value === undefined) return convert(value, context);
    if (isPromiseLike(value))
      return value.then((known) => (known instanceof Refusal ? known : convert(known, context)));
    return value instanceof Refusal ? value : convert(value, context);
  };
}

/** A pipe, or a conversion that is none. */
type Given = Provided<PipeTransform, EventScope> | { readonly convert: Convert };
type Convert = (plan: ArgumentPlan) => RefusingReader | undefined;

function givenPipe(pipe: PipePlan, { provided }: BindingOptions): Given {
  if ('provider' in pipe) return provided(pipe.provider);
  if ('instance' in pipe) return pipe;
  if ('reader' in pipe) return { convert: () => pipe.reader };
  if ('type' in pipe) return { convert: (plan) => scalarOf(pipe.type, plan) };
  return { convert: ({ kind, key }) => schemaReader(pipe.schema, INPUT_LOCATIONS[kind] ?? 'body', key) };
}

/** Whether the declared type converts the value before the pipes run. */
function typeConvertsFirst({ readers, pipes = [] }: ArgumentPlan, all: readonly Given[]): boolean {
  // A ValidationPipe validates instead, with its own options.
  return readers ? !all.some(isValidationPipe) : pipes.length === 0;
}

/** Whether it is an instance of ValidationPipe, the class itself, or a subclass. */
function isValidationPipe(pipe: Given): boolean {
  if ('convert' in pipe) return false;
  return isBranded(pipe.resolve === undefined ? pipe.instance : pipe.type, 'ValidationPipe');
}

/** Converts or checks a value on its way to the argument. It may return a Refusal. */
type Conversion = (value: unknown, context: BindingContext) => MaybePromise<unknown>;

/**
 * Returns the conversions in NestJS's order: global, controller's and method's pipes, then the parameter's own.
 *
 * The declared type converts first. A parameter with pipes of its own passes them the raw value, and is converted
 * afterwards if it still is a string.
 */
function conversionsOf(
  plan: ArgumentPlan,
  { pipes, source }: BindingOptions,
  own: readonly Given[],
  convertsFirst: boolean,
): Conversion[] {
  const { kind, type, readers } = plan;
  const location = INPUT_LOCATIONS[kind];
  const isInput = kind === 'custom' || location !== undefined;
  const all: readonly Given[] = isInput ? [...pipes, ...own] : own;
  const conversions = all.flatMap((pipe) =>
    'convert' in pipe ? (pipe.convert(plan) ?? []) : pipeConversion(pipe, plan, source),
  );
  // The body's own reader converts it, and values from inside have their declared type.
  const declared =
    kind === 'body' || !location || isText(plan)
      ? undefined
      : (readers?.strings ?? readers?.json ?? scalarOf(type, plan));
  if (!declared) return conversions;
  if (convertsFirst) return [declared, ...conversions];
  return readers ? conversions : [...conversions, (value) => (typeof value === 'string' ? declared(value) : value)];
}

/** Whether the value is a string or missing, as declared. */
function isText({ kind, key, type }: ArgumentPlan): boolean {
  return type === String && key !== undefined && (kind === 'param' || kind === 'headers' || kind === 'cookies');
}

/** Returns the conversion of text to a type; `undefined` if the type needs none. */
function scalarOf(type: unknown, { kind, key }: ArgumentPlan): RefusingReader | undefined {
  if (key === undefined || (type !== Array && !SCALARS.has(type))) return undefined;
  return scalarReader(type, [INPUT_LOCATIONS[kind] ?? 'body', key]);
}

function pipeConversion(
  pipe: Provided<PipeTransform, EventScope>,
  plan: ArgumentPlan,
  { isForm, isAbsent }: ArgumentSource,
): Conversion {
  // One object per parameter and body format, because pipes cache what they compile for it.
  const key = typeof plan.data === 'string' ? plan.data : plan.key;
  const metadata: ArgumentMetadata = { type: plan.kind, metatype: plan.type, data: key };
  const metadataOf = plan.kind === 'body' && isForm ? metadataOfForms(metadata, isForm) : () => metadata;
  return (value, context) =>
    chain(provide(pipe, context), (instance) => {
      // Nothing to build or validate.
      if (value === undefined && isBranded(instance, 'ValidationPipe') && isAbsent?.(context, plan)) return undefined;
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
