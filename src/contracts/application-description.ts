import type { BodyKind, HttpMethod, ParameterMetadata } from '../metadata/class-metadata.js';
import type { Carriage, Via } from '../shared/event-types.js';
import { InjectionToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';

/** One parameter of a method, and where its value comes from. */
export interface ParameterDescription extends ParameterMetadata {
  /** The declared type as the compiler emitted it. */
  readonly type: unknown;
  /** For messages, as in `parameter 2 of OrdersController.create`. */
  readonly where: string;
  /** Of a body: as what it is taken. */
  readonly consumes?: readonly BodyKind[];
}

/** One route of an application, from metadata alone. */
export interface RouteDescription {
  readonly method: HttpMethod | 'ALL';
  readonly path: string;
  /** Of header versioning; a path version stands in the path. */
  readonly version: string | undefined;
  /** Class and method, as in `OrdersController.create`. */
  readonly handler: string;
  readonly controller: Constructor;
  readonly key: string | symbol;
  readonly module: string;
  readonly parameters: readonly ParameterDescription[];
  /** What it takes for a body; `undefined` where it reads none and says nothing of it. */
  readonly consumes: readonly BodyKind[] | undefined;
}

/** One consumer of an application, from metadata alone. */
export interface ConsumerDescription {
  /** As in `sqs`; `event` for `@OnEvent`. */
  readonly source: string;
  /** What a record's attributes have to be, as in `{ queue: 'orders' }`. */
  readonly criteria: Readonly<Record<string, string>>;
  readonly batch: boolean;
  /**
   * The declared type of what the method returns as the compiler emitted it, by name, as in `Promise`; `undefined`
   * where none was.
   */
  readonly returns: string | undefined;
  /** In whose messages they come; `undefined` for those that Lambda delivers. */
  readonly via: Via | undefined;
  /** Class and method, as in `Shipping.ship`. */
  readonly handler: string;
  readonly type: Constructor;
  readonly key: string | symbol;
  readonly module: string;
}

/** One module of an application, from metadata alone, everything in it by name. */
export interface ModuleDescription {
  readonly name: string;
  readonly global: boolean;
  readonly imports: readonly string[];
  readonly controllers: readonly string[];
  readonly providers: readonly string[];
  readonly exports: readonly string[];
}

/** What an application is made of, as its metadata says. */
export interface ApplicationDescription {
  readonly routes: readonly RouteDescription[];
  readonly consumers: readonly ConsumerDescription[];
  /** Whose messages are requests: of the option `requestsVia` of `create`. */
  readonly requestsVia: readonly Carriage[];
  /** Imported modules first. */
  readonly modules: readonly ModuleDescription[];
  /** Prefixes of modules that are loaded at their first request; their routes are not known before. */
  readonly lazy: readonly string[];
  /** Of the option `basePath` of `create`, the longest first: they may stand before every path. */
  readonly basePaths: readonly string[];
  /** Of the option `validation` of `create`: which rules apply. */
  readonly validation: { readonly groups?: string[] };
}

/** Describes the running application, its promised imports included, for those who are constructed by it. */
export const APPLICATION_DESCRIPTION = new InjectionToken<() => ApplicationDescription>('APPLICATION_DESCRIPTION');
