import { lineage, methodName, methodOf } from '../shared/class-methods.js';
import type { PayloadPlace } from '../shared/destination.js';
import type { EventKind, Via } from '../shared/event-types.js';
import type { HttpMethod } from '../shared/http-method.js';
import type { ModuleMetadata } from '../shared/module.js';
import type { Scope } from '../shared/provider.js';
import type { ForwardReference, Token } from '../shared/token.js';
import type { AbstractConstructor } from '../shared/types.js';
import type { ApiMetadata, ApiPropertyMetadata } from './api-metadata.js';
import { registerClass } from './class-registry.js';

/** The enhancers of a class or a method, as classes or instances. The decorators type what they must implement. */
export interface EnhancerMetadata {
  guards: readonly unknown[];
  interceptors: readonly unknown[];
  pipes: readonly unknown[];
  filters: readonly unknown[];
}

export type EnhancerKind = keyof EnhancerMetadata;

/** The kinds of body that a route accepts: JSON, a form, or any, including none. */
export type BodyKind = 'json' | 'form' | 'any';

/** A version by name, or the symbol of `VERSION_NEUTRAL`. */
export type RouteVersion = string | symbol;

export interface ControllerMetadata {
  paths: readonly string[];
  versions?: readonly RouteVersion[];
  consumes?: readonly BodyKind[];
  scope?: Scope;
}

export interface RouteMetadata {
  method: HttpMethod | 'ALL';
  paths: readonly string[];
}

export interface RedirectMetadata {
  location: string;
  statusCode: number;
}

/** The events that a consumer handles. */
export interface ConsumerMetadata {
  /** The source, by its adapter's name. */
  source: string;
  /** The values that a record's attributes must have. A `*` at the end matches anything. */
  criteria: Readonly<Record<string, string>>;
  /** For `@OnEvent`: whether the consumer takes the event. */
  predicate?: (event: unknown) => boolean;
  /** Whether it gets all records of an event at once. */
  batch?: boolean;
  /** The number of records that are handled concurrently, if their order allows it. */
  concurrency?: number;
  /** The queue or topic whose messages carry the events; `undefined` for events that come directly from Lambda. */
  via?: Via;
  /** For `@OnSchedule`: when it runs. Deployments read it, events don't. Typed and checked where it is planned. */
  schedule?: unknown;
}

/** The kind of value that a parameter decorator binds. */
export type ParameterKind =
  | 'body'
  | 'query'
  | 'param'
  | 'headers'
  | 'cookies'
  | 'request'
  | 'response'
  | 'ip'
  | 'requestId'
  | 'event'
  | 'context'
  | 'signal'
  | 'record'
  | 'uploadedFile'
  | 'uploadedFiles'
  | 'inject'
  | 'custom';

/** Metadata of an injected constructor parameter or property, beyond its type. */
export interface InjectionMetadata {
  token?: Token | ForwardReference<Token>;
  optional?: boolean;
}

/** The binding of a method's parameter. `token` and `optional` are for the kind `inject`. */
export interface ParameterMetadata extends InjectionMetadata {
  kind: ParameterKind;
  /** For the kind `body`: whether it is declared by `@Form`, which accepts only forms. */
  form?: boolean;
  /** For uploaded files: whether a request without one is refused. */
  required?: boolean;
  /** The name of one value; without it, the parameter takes all of them. */
  key?: string;
  /** Pipes, DTO classes and Standard Schemas, in the order they run. */
  pipes: readonly unknown[];
  /** For the kind `custom`: the function given to `createParamDecorator`, and the data of this use. */
  factory?: (data: never, context: never) => unknown;
  data?: unknown;
}

/** A decorator that keeps something for a method from one event to the next, such as results. */
export interface Keeping {
  /** As in `@Idempotent`. */
  readonly decorator: string;
  /** The name that it is kept under. Default: the names of the class and the method. */
  readonly name?: string | undefined;
}

export interface MethodMetadata {
  routes: RouteMetadata[];
  consumers: ConsumerMetadata[];
  statusCode?: number;
  headers: [name: string, value: string][];
  redirect?: RedirectMetadata;
  versions?: readonly RouteVersion[];
  consumes?: readonly BodyKind[];
  /** Seconds, from `@Timeout`. */
  timeout?: number;
  /** Makes the policy of `@Cors`, typed where it is called; `false` for none. */
  cors?: unknown;
  api?: ApiMetadata;
  /** From `@Authenticated`, `@Roles`, `@Scopes` and `@Public`. */
  access?: AccessMetadata;
  enhancers: EnhancerMetadata;
  parameters: Map<number, ParameterMetadata>;
  /**
   * The reason why events must not be dispatched to it, as in `is @Cached, …`. The bootstrap reports it if they are.
   */
  refusesEvents?: string;
  /** From `@LargePayloads`: the buckets that it reads, for deployments. */
  readsPayloads?: readonly PayloadPlace[];
  /** The decorators that keep something under its name, which no other class may have. */
  keeps?: readonly Keeping[];
  /** Invalid arguments of its decorators, reported at the bootstrap. */
  mistakes?: readonly string[];
}

/** Whether events are dispatched to a method. */
export function takesEvents(method: MethodMetadata | undefined): boolean {
  return method !== undefined && method.routes.length + method.consumers.length > 0;
}

export interface ClassMetadata {
  injectable?: { scope?: Scope };
  module?: ModuleMetadata;
  global?: boolean;
  controller?: ControllerMetadata;
  /** The error classes of `@Catch`; empty for all errors. */
  catches?: readonly AbstractConstructor[];
  /** The kinds of event of `@For`; all of them without it. */
  eventKinds?: readonly EventKind[];
  cors?: unknown;
  timeout?: number;
  api?: ApiMetadata;
  access?: AccessMetadata;
  apiProperties?: ReadonlyMap<string | symbol, ApiPropertyMetadata>;
  /** The decorators that keep something for each of its methods. */
  keeps?: readonly Keeping[];
  /** Metadata of `lambent/config` about a configuration class, typed where it is read. */
  configClass?: unknown;
  enhancers: EnhancerMetadata;
  /** Constructor parameters, by position. */
  injections: Map<number, InjectionMetadata>;
  properties: Map<string | symbol, InjectionMetadata>;
  methods: Map<string | symbol, MethodMetadata>;
  mistakes?: readonly string[];
}

/**
 * The key of the record on the class itself: reflect-metadata takes ten times as long, and a start reads each record a
 * dozen times. Shared between copies of the package, so that the decorators of both write one record.
 */
const RECORD = Symbol.for('lambent.class');

export function findOwnMetadata(target: object): ClassMetadata | undefined {
  return Object.hasOwn(target, RECORD) ? (target as { [RECORD]?: ClassMetadata })[RECORD] : undefined;
}

/** Returns the metadata of the class itself, without what it inherits. */
export function declaredMetadata(target: object): Pick<ClassMetadata, 'module' | 'controller'> {
  return findOwnMetadata(target) ?? {};
}

const noEnhancers: EnhancerMetadata = { guards: [], interceptors: [], pipes: [], filters: [] };

export function emptyClass(): ClassMetadata {
  return { enhancers: { ...noEnhancers }, injections: new Map(), properties: new Map(), methods: new Map() };
}

function emptyMethod(): MethodMetadata {
  return { routes: [], consumers: [], headers: [], enhancers: { ...noEnhancers }, parameters: new Map() };
}

/**
 * Returns the class's own record, for decorators to write to.
 *
 * @throws TypeError for a class decorator on a method or a property, where it has no effect.
 */
export function ownClassMetadata(target: object): ClassMetadata {
  if (typeof target !== 'function')
    throw new TypeError(`A class decorator is on a member of ${target.constructor.name}, where it has no effect.`);
  const known = findOwnMetadata(target);
  if (known) return known;
  registerClass(target);
  return addMetadata(target);
}

/**
 * Returns the own metadata of a class that the framework declares at the top level of a file.
 *
 * It is not among the decorated classes, whose positions emitted plans contain: which files a bundle takes from the
 * framework differs between the one that plans and the one that runs. Plans import the class by its name.
 */
export function builtInMetadata(type: Function): ClassMetadata {
  return findOwnMetadata(type) ?? addMetadata(type);
}

/** Not enumerable, so that copying the members of a class to another leaves it out. */
function addMetadata(target: Function): ClassMetadata {
  const metadata = emptyClass();
  Object.defineProperty(target, RECORD, { value: metadata });
  return metadata;
}

/**
 * Returns the method's own record, for decorators to write to.
 *
 * @param prototype The target that a method decorator gets.
 * @throws TypeError for a static method, a property or an accessor, which no event is dispatched to, and for standard
 *   decorators.
 */
export function ownMethodMetadata(prototype: object, key: string | symbol): MethodMetadata {
  // A compiler that emits standard decorators passes an object in place of the key.
  if (typeof (key as unknown) === 'object')
    throw new TypeError('The compiler emits standard decorators: set "experimentalDecorators" in tsconfig.json.');
  if (typeof prototype === 'function' && key === undefined)
    throw new TypeError(`A method decorator is on the class ${prototype.name}, where it has no effect.`);
  if (typeof prototype === 'function') {
    throw new TypeError(
      `${methodName(prototype, key)} is static: routes, parameters and enhancers are for instance methods.`,
    );
  }
  const { methods } = ownClassMetadata(prototype.constructor);
  if (methodOf(prototype, key) === undefined) {
    throw new TypeError(
      `${methodName(prototype.constructor, key)} is a property or an accessor: ` +
        `routes, parameters and enhancers are for methods.`,
    );
  }
  let record = methods.get(key);
  if (!record) methods.set(key, (record = emptyMethod()));
  return record;
}

/** Returns one member of a class's metadata that is not merged: that of the class itself, else of an ancestor. */
export function inheritedMetadata<K extends 'eventKinds' | 'catches'>(target: unknown, member: K): ClassMetadata[K] {
  const declared = lineage(target).map((type) => findOwnMetadata(type)?.[member]);
  return declared.find((found) => found !== undefined);
}

/**
 * Adds to the API documentation of a property.
 *
 * @param prototype The target that a property decorator gets.
 */
export function describeProperty(prototype: object, key: string | symbol, description: ApiPropertyMetadata): void {
  const metadata = ownClassMetadata(prototype.constructor);
  const before = metadata.apiProperties?.get(key);
  metadata.apiProperties = new Map([...(metadata.apiProperties ?? []), [key, { ...before, ...description }]]);
}

/**
 * The callers that a method admits, as `@Authenticated`, `@Roles`, `@Scopes`, `@OptionalAuth` and `@Public` declare.
 */
export interface AccessMetadata {
  /** Whether callers have to say who they are. Roles and scopes count only where it is required. */
  readonly identity?: 'required' | 'optional' | 'ignored';
  /** The roles of which the caller needs one. */
  readonly roles?: readonly string[];
  /** The scopes of which the caller needs all. */
  readonly scopes?: readonly string[];
}
