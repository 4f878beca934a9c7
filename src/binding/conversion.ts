import type { ArgumentMetadata, PipeTransform } from '../contracts/pipeline.js';
import { isStandardSchema } from '../contracts/standard-schema.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { NOT_THERE_BECAUSE } from '../errors/not-there.js';
import { type Provided, provide } from '../modules/resolver.js';
import type { EventScope } from '../modules/event-scope.js';
import { refuseObservable } from '../shared/observable.js';
import { chain } from '../shared/promise.js';
import { describeToken } from '../shared/token.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import { refusingReader } from '../validation/compiled-reader.js';
import { isDto } from '../validation/dto-metadata.js';
import type { InputLocation, RefusingReader } from '../validation/input-reader.js';
import { scalarReader } from '../validation/scalar-reader.js';
import { ValidationPipe } from '../validation/pipes/validation-pipe.js';
import { schemaReader } from '../validation/schema-reader.js';
import type { ValidationOptions } from '../validation/validation-options.js';
import type { BindingContext } from './argument-source.js';
import { checkDtoOf } from './check-declared-type.js';
import type { Parameter } from './parameter.js';

/** One thing that happens to a value on its way from the request to the argument; it may give a Refusal. */
export type Conversion = (value: unknown, context: BindingContext) => MaybePromise<unknown>;

/** Where a kind of parameter stands in the `loc` of an error. */
export const LOCATIONS: { readonly [kind: string]: InputLocation | undefined } = {
  body: 'body',
  uploadedFile: 'body',
  uploadedFiles: 'body',
  query: 'query',
  param: 'path',
  headers: 'header',
  cookies: 'cookie',
};

/** Tells how a kind of event carries its body; one that has no forms says nothing. */
export interface BodyForm {
  /** Whether the members of this event's body are text whatever they are declared as. */
  isForm?(context: BindingContext): boolean;
  /** Whether there is no value because the source has none to tell, which no class is to be asked about. */
  isAbsent?(context: BindingContext, parameter: Parameter): boolean;
}

export interface ConversionOptions {
  readonly validation: ValidationOptions;
  readonly source: BodyForm;
  /** Finds the instance of a pipe class. */
  resolvePipe(type: Constructor<PipeTransform>): Provided<PipeTransform, EventScope>;
}

export function isPipeClass(value: unknown): value is Constructor<PipeTransform> {
  return typeof value === 'function' && typeof (value.prototype as Partial<PipeTransform> | undefined)?.transform === 'function';
}

function isPipe(value: unknown): value is PipeTransform {
  return typeof value === 'object' && value !== null && typeof (value as Partial<PipeTransform>).transform === 'function';
}

/** A pipe, a DTO class, a type such as `Number`, or a Standard Schema, made into a conversion. */
export function conversionOf(given: unknown, parameter: Parameter, options: ConversionOptions): Conversion {
  // Before pipes are: zod's schemas have a `transform` of their own.
  if (isStandardSchema(given)) return schemaReader(given, LOCATIONS[parameter.kind] ?? 'body', parameter.key);
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

function hintFor(given: unknown, { kind }: Parameter): string {
  if (given === undefined || given === null) return ` ${NOT_THERE_BECAUSE}`;
  return kind === 'response' ? RESPONSE_HINT : '';
}

/** NestJS has `{ passthrough: true }` there. */
const RESPONSE_HINT = ' A response needs no options: what the method returns is the answer, with what was set on the response.';

function describeGiven(given: unknown): string {
  return typeof given === 'object' && given !== null ? `{ ${Object.keys(given).join(', ')} }` : describeToken(given);
}

export function pipeConversion(pipe: Provided<PipeTransform, EventScope>, parameter: Parameter, { isForm, isAbsent }: BodyForm): Conversion {
  // One object a parameter and form, for pipes keep what they make for it.
  const metadata: ArgumentMetadata = { type: parameter.kind, metatype: parameter.type, data: parameter.key };
  const metadataOf = parameter.kind === 'body' && isForm ? metadataOfForms(metadata, isForm) : () => metadata;
  return (value, context) =>
    chain(provide(pipe, context), (instance) => {
      // Nothing to build, and nothing to check.
      if (value === undefined && instance instanceof ValidationPipe && isAbsent?.(context, parameter)) return undefined;
      return chain(instance.transform(value, metadataOf(context)), (made) => refuseObservable(made, instance.constructor.name));
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
export function typeReader(type: unknown, { kind, key }: Parameter, validation: ValidationOptions): RefusingReader | undefined {
  const location = LOCATIONS[kind] ?? 'body';
  if (isDto(type)) return refusingReader(type, { location, key, strings: location !== 'body' }, validation);
  if (key === undefined || !SCALARS.has(type)) return undefined;
  return scalarReader(type, [location, key]);
}
