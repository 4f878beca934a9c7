import type { PipeTransform } from '../contracts/pipeline.js';
import { Refusal } from '../errors/refusal.js';
import type { FormOptions } from '../http/upload-options.js';
import type { EventScope } from '../modules/event-scope.js';
import { type Provided, provide } from '../modules/resolver.js';
import { chain } from '../shared/promise.js';
import { isForwardReference, type Token } from '../shared/token.js';
import { isDto } from '../validation/dto-metadata.js';
import type { RefusingReader } from '../validation/input-reader.js';
import { ValidationPipe } from '../validation/pipes/validation-pipe.js';
import type { ArgumentReader, BindingContext } from './argument-source.js';
import { checkDeclaredType } from './check-declared-type.js';
import { type BodyForm, type Conversion, type ConversionOptions, conversionOf, LOCATIONS, pipeConversion, typeReader } from './conversion.js';
import type { MethodTarget, Parameter } from './parameter.js';

/** Where a kind of event has the values of parameters. */
export interface ArgumentSource extends BodyForm {
  /** @throws BootstrapError for a parameter that it has nothing for. */
  read(parameter: Parameter, options: BindingOptions, convert: boolean): ArgumentReader;
  /** Refuses bodies that a method does not take, where it said which and none of its parameters reads one. */
  refuseOthers?(target: MethodTarget, parameters: readonly Parameter[]): ((context: BindingContext) => void) | undefined;
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
export function compileArgument(declared: Parameter, options: BindingOptions): ArgumentReader {
  const parameter = withGivenType({ ...declared, pipes: declared.pipes.filter((pipe) => options.isFor(pipe)) });
  checkDeclaredType(parameter);
  const read = sourceOf(parameter, options);
  const conversions = conversionsOf(parameter, options);
  return conversions.reduce<ArgumentReader>(
    (before, convert) => (context) => chain(before(context), (value) => (value instanceof Refusal ? value : convert(value, context))),
    read,
  );
}

/** `@Body(CreateOrder) body: unknown` is `@Body() body: CreateOrder`: the class that is given first is the type. */
function withGivenType(parameter: Parameter): Parameter {
  const [first, ...pipes] = parameter.pipes;
  return isDto(first) && LOCATIONS[parameter.kind] ? { ...parameter, type: first, pipes } : parameter;
}

function sourceOf(parameter: Parameter, options: BindingOptions): ArgumentReader {
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
function conversionsOf(parameter: Parameter, options: BindingOptions): Conversion[] {
  if (parameter.kind === 'inject') return [];
  const shared = isInput(parameter) ? options.pipes.map((pipe) => pipeConversion(pipe, parameter, options.source)) : [];
  const pipes = [...shared, ...parameter.pipes.map((given) => conversionOf(given, parameter, options))];
  const declared = readerOfDeclared(parameter, options);
  if (!declared) return pipes;
  if (convertsFirst(parameter, options)) return [declared, ...pipes];
  return isDto(parameter.type) ? pipes : [...pipes, (value) => (typeof value === 'string' ? declared(value) : value)];
}

/** What a body is declared as, the body's own reader sees to; what comes from inside is what it is declared as. */
function readerOfDeclared(parameter: Parameter, { validation }: BindingOptions): RefusingReader | undefined {
  const { kind, type } = parameter;
  return kind === 'body' || !LOCATIONS[kind] ? undefined : typeReader(type, parameter, validation);
}

function isInput({ kind }: Parameter): boolean {
  return kind === 'custom' || LOCATIONS[kind] !== undefined;
}

function convertsFirst(parameter: Parameter, options: BindingOptions): boolean {
  if (!isDto(parameter.type)) return parameter.pipes.length === 0;
  // A ValidationPipe takes the work over, with the options that it was given.
  const shared = options.pipes.map((pipe) => (pipe.resolve === undefined ? pipe.instance : pipe.type));
  return ![...shared, ...parameter.pipes].some(isValidationPipe);
}

/** An instance, the class, or an heir of it. */
function isValidationPipe(pipe: unknown): boolean {
  return (typeof pipe === 'function' ? (pipe.prototype as unknown) : pipe) instanceof ValidationPipe;
}

function tokenOf(parameter: Parameter): Token {
  const { token } = parameter;
  if (token === undefined) return parameter.type as Token;
  return isForwardReference(token) ? (token.forwardRef() as Token) : token;
}
