import type { EventKind, Via } from '../shared/event-types.js';
import type { ModuleMetadata } from '../shared/module.js';
import type { Scope } from '../shared/provider.js';
import type { ForwardReference, Token } from '../shared/token.js';
import type { AbstractConstructor, Constructor } from '../shared/types.js';
import type { ApiMetadata, ApiPropertyMetadata } from './api-metadata.js';
import { constructorOwner } from './reflection.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** Classes or instances that a decorator put around a class or a method. What they must implement is typed there. */
export interface EnhancerMetadata {
  guards: readonly unknown[];
  interceptors: readonly unknown[];
  pipes: readonly unknown[];
  filters: readonly unknown[];
}

export type EnhancerKind = keyof EnhancerMetadata;

/** What a route takes for a body: JSON, a form, or whatever comes, be it one of these or none. */
export type BodyKind = 'json' | 'form' | 'any';

export interface ControllerMetadata {
  paths: readonly string[];
  versions?: readonly string[];
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

/** What a method consumes. */
export interface ConsumerMetadata {
  /** The source, as its adapter names it. */
  source: string;
  /** What a record's attributes have to be; a `*` at the end stands for anything. */
  criteria: Readonly<Record<string, string>>;
  /** For `@OnEvent`: whether it takes the event. */
  predicate?: (event: unknown) => boolean;
  /** All records of an event at once. */
  batch?: boolean;
  /** How many records are handled at the same time, where their order allows it. */
  concurrency?: number;
  /** In whose messages they come; `undefined` for those that Lambda delivers. */
  via?: Via;
}

export interface MethodMetadata {
  routes: RouteMetadata[];
  consumers: ConsumerMetadata[];
  statusCode?: number;
  headers: [name: string, value: string][];
  redirect?: RedirectMetadata;
  versions?: readonly string[];
  consumes?: readonly BodyKind[];
  /** Seconds; of `@Timeout`. */
  timeout?: number;
  /** Options of `@Cors`; typed where they are read. */
  cors?: unknown;
  api?: ApiMetadata;
  enhancers: EnhancerMetadata;
  parameters: Map<number, ParameterMetadata>;
  /** What its decorators were given and don't take: the bootstrap tells it. */
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
  /** What a filter catches: of `@Catch`; empty for everything. */
  catches?: readonly AbstractConstructor[];
  /** What a guard and the like are for: of `@For`; all kinds of event without it. */
  eventKinds?: readonly EventKind[];
  cors?: unknown;
  timeout?: number;
  api?: ApiMetadata;
  apiProperties?: ReadonlyMap<string | symbol, ApiPropertyMetadata>;
  enhancers: EnhancerMetadata;
  /** Constructor parameters, by position. */
  injections: Map<number, InjectionMetadata>;
  properties: Map<string | symbol, InjectionMetadata>;
  methods: Map<string | symbol, MethodMetadata>;
  mistakes?: readonly string[];
}

/**
 * Where a class has its record: on itself, for reflect-metadata takes ten times as long, and a start reads each record
 * a dozen times. Shared with another copy of the package, so that its decorators and ours write one record.
 */
const RECORD = Symbol.for('lambent.class');

function ownRecord(target: object): ClassMetadata | undefined {
  return Object.hasOwn(target, RECORD) ? (target as { [RECORD]?: ClassMetadata })[RECORD] : undefined;
}

/** What decorators said of the class itself, and not of a parent. */
export function declaredMetadata(target: object): Pick<ClassMetadata, 'module' | 'controller'> {
  return ownRecord(target) ?? {};
}

const noEnhancers: EnhancerMetadata = { guards: [], interceptors: [], pipes: [], filters: [] };

function emptyClass(): ClassMetadata {
  return { enhancers: { ...noEnhancers }, injections: new Map(), properties: new Map(), methods: new Map() };
}

function emptyMethod(): MethodMetadata {
  return { routes: [], consumers: [], headers: [], enhancers: { ...noEnhancers }, parameters: new Map() };
}

/**
 * The class' own record, for decorators to write to.
 *
 * @throws TypeError for a decorator of classes on a method or a property, where nobody reads it.
 */
export function ownClassMetadata(target: object): ClassMetadata {
  if (typeof target !== 'function')
    throw new TypeError(
      `A decorator of classes stands on a member of ${target.constructor.name}: nobody reads it there.`,
    );
  let record = ownRecord(target);
  // Not enumerable: whoever copies the members of a class to another doesn't mean this one.
  if (!record) Object.defineProperty(target, RECORD, { value: (record = emptyClass()) });
  return record;
}

/**
 * The method's own record, for decorators to write to; `prototype` is what a method decorator is given.
 *
 * @throws TypeError for what no event is dispatched to: a static method, a property, an accessor.
 */
export function ownMethodMetadata(prototype: object, key: string | symbol): MethodMetadata {
  if (typeof prototype === 'function' && key === undefined)
    throw new TypeError(`A decorator of methods stands on the class ${prototype.name}: nobody reads it there.`);
  if (typeof prototype === 'function') {
    throw new TypeError(
      `${prototype.name}.${String(key)} is static: routes, parameters and enhancers are for instance methods.`,
    );
  }
  const { methods } = ownClassMetadata(prototype.constructor);
  if (typeof descriptorOf(prototype, key)?.value !== 'function') {
    throw new TypeError(
      `${prototype.constructor.name}.${String(key)} is a property or an accessor: routes, parameters and enhancers are for methods.`,
    );
  }
  let record = methods.get(key);
  if (!record) methods.set(key, (record = emptyMethod()));
  return record;
}

function descriptorOf(prototype: object | null, key: string | symbol): PropertyDescriptor | undefined {
  return prototype === null
    ? undefined
    : (Object.getOwnPropertyDescriptor(prototype, key) ??
        descriptorOf(Object.getPrototypeOf(prototype) as object | null, key));
}

/**
 * Everything decorators said of a class and of its ancestors, as one record; for reading at bootstrap.
 *
 * A class' own word wins over its parent's, but its guards and the like come on top of those that its parent has. A
 * method that is declared again takes nothing of the parent's record, and constructor parameters are those of the class
 * that declares the constructor.
 */
export function classMetadata(target: Constructor | AbstractConstructor): ClassMetadata {
  return recordOf(target) ?? emptyClass();
}

/** `undefined` where no decorator said anything; merging costs more than everything else that is read of a class. */
function recordOf(target: Constructor | AbstractConstructor): ClassMetadata | undefined {
  const own = ownRecord(target);
  const parent: unknown = Object.getPrototypeOf(target);
  if (typeof parent !== 'function' || parent === Function.prototype) return own;
  const inherited = recordOf(parent as Constructor);
  return inherited ? mergeClasses(inherited, own ?? emptyClass(), target) : own;
}

function mergeClasses(
  inherited: ClassMetadata,
  own: ClassMetadata,
  target: Constructor | AbstractConstructor,
): ClassMetadata {
  const methods = new Map(own.methods);
  for (const [key, method] of inherited.methods) {
    if (!Object.hasOwn(target.prototype as object, key)) methods.set(key, method);
  }
  return {
    ...inherited,
    ...definedOf(own),
    api: { ...inherited.api, ...own.api },
    apiProperties: new Map([...(inherited.apiProperties ?? []), ...(own.apiProperties ?? [])]),
    enhancers: mergeEnhancers(inherited.enhancers, own.enhancers),
    injections: own.injections.size > 0 || constructorOwner(target) === target ? own.injections : inherited.injections,
    properties: new Map([...inherited.properties, ...own.properties]),
    methods,
    mistakes: [...(inherited.mistakes ?? []), ...(own.mistakes ?? [])],
  };
}

function mergeEnhancers(inherited: EnhancerMetadata, own: EnhancerMetadata): EnhancerMetadata {
  const all = (kind: EnhancerKind) => [...inherited[kind], ...own[kind]];
  return { guards: all('guards'), interceptors: all('interceptors'), pipes: all('pipes'), filters: all('filters') };
}

function definedOf(record: ClassMetadata): ClassMetadata {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as unknown as ClassMetadata;
}

/** What a parameter decorator asks for. */
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

/** How a constructor parameter or a property is injected, beyond its type. */
export interface InjectionMetadata {
  token?: Token | ForwardReference<Token>;
  optional?: boolean;
}

/** What a method's parameter asks for; token and `optional` are for `inject`. */
export interface ParameterMetadata extends InjectionMetadata {
  kind: ParameterKind;
  /** For `body`: of `@Form`, which takes nothing but a form. */
  form?: boolean;
  /** The name of one value; without it the parameter takes the whole record. */
  key?: string;
  /** Pipes, DTO classes and Standard Schemas, in the order they run. */
  pipes: readonly unknown[];
  /** For `custom`: what `createParamDecorator` was given, and the data of this use. */
  factory?: (data: never, context: never) => unknown;
  data?: unknown;
}

/** Adds to what an API document says of a property; `prototype` is what a property decorator is given. */
export function describeProperty(prototype: object, key: string | symbol, words: ApiPropertyMetadata): void {
  const metadata = ownClassMetadata(prototype.constructor);
  const before = metadata.apiProperties?.get(key);
  metadata.apiProperties = new Map([...(metadata.apiProperties ?? []), [key, { ...before, ...words }]]);
}
