import type { BodyKind, ParameterMetadata } from '../metadata/class-metadata.js';
import type { Destination } from '../shared/destination.js';
import type { Carriage, Via } from '../shared/event-types.js';
import type { HttpMethod } from '../shared/http-method.js';
import type { Schedule } from '../shared/schedule.js';
import { type InjectionToken, KnownToken } from '../shared/token.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import type { ApiSecurityScheme } from './api-security.js';
import type { AwsUse } from './aws-uses.js';

/** One parameter of a method, with the source of its value. */
export interface ParameterDescription extends ParameterMetadata {
  /** The declared type, as emitted by the compiler. */
  readonly type: unknown;
  /** For messages, as in `parameter 2 of OrdersController.create`. */
  readonly where: string;
  /** The kinds of body that a body parameter takes. */
  readonly consumes?: readonly BodyKind[];
}

/** One route of an application, from metadata alone. */
export interface RouteDescription {
  readonly method: HttpMethod | 'ALL';
  readonly path: string;
  /** The version in a header; a version in the path is part of the path. */
  readonly version: string | undefined;
  /** Class and method, as in `OrdersController.create`. */
  readonly handler: string;
  readonly controller: Constructor;
  readonly key: string | symbol;
  readonly module: string;
  readonly parameters: readonly ParameterDescription[];
  /** The kinds of body that it takes; `undefined` if it reads none and declares nothing. */
  readonly consumes: readonly BodyKind[] | undefined;
  /** Whether a guard may refuse callers. `@RateLimit` does not count, nor does `AuthGuard` for a `@Public()` route. */
  readonly guarded: boolean;
}

/** One consumer of an application, from metadata alone. */
export interface ConsumerDescription {
  /** Such as `sqs`; `event` for `@OnEvent`. */
  readonly source: string;
  /** The attributes that a record must have, as in `{ queue: 'orders' }`. */
  readonly criteria: Readonly<Record<string, string>>;
  readonly batch: boolean;
  /** The name of the declared return type, as emitted by the compiler, such as `Promise`; `undefined` without one. */
  readonly returns: string | undefined;
  /** The queues and topics whose messages carry its events; `undefined` for events that Lambda delivers. */
  readonly via: Via | undefined;
  /** The time at which it runs, for a schedule that `@OnSchedule` declares. Its name is the criterion `rule`. */
  readonly schedule: Schedule | undefined;
  /** Class and method, as in `Shipping.ship`. */
  readonly handler: string;
  readonly type: Constructor;
  readonly key: string | symbol;
  readonly module: string;
}

/** A queue, a topic or a bus that an application sends to, from metadata alone. */
export interface DestinationDescription extends Destination {
  /** The environment variable with its URL, its ARN or its name, as in `ORDERS_QUEUE_URL`. */
  readonly variable: string;
  readonly module: string;
}

/** One module of an application, from metadata alone, with the names of its parts. */
export interface ModuleDescription {
  readonly name: string;
  readonly global: boolean;
  readonly imports: readonly string[];
  readonly controllers: readonly string[];
  readonly providers: readonly string[];
  readonly exports: readonly string[];
}

/** The parts of an application, from metadata alone. */
export interface ApplicationDescription {
  readonly routes: readonly RouteDescription[];
  readonly consumers: readonly ConsumerDescription[];
  /** The queues and topics whose messages are requests: the option `requestsVia` of `create`. */
  readonly requestsVia: readonly Carriage[];
  /** The queues, topics and buses of `MessagingModule`. */
  readonly sends: readonly DestinationDescription[];
  /** Other uses of AWS by modules: configurations, and tables of their own. */
  readonly uses: readonly AwsUse[];
  /** Imported modules first. */
  readonly modules: readonly ModuleDescription[];
  /** The prefixes of lazy modules, as in `/reports`, whose routes are known once they are loaded. */
  readonly lazy: readonly string[];
  /** The option `basePath` of `create`, the longest first: optional prefixes of every path. */
  readonly basePaths: readonly string[];
  /** The guards of all routes and consumers: classes, instances, or factories. */
  readonly guards: readonly unknown[];
  /** The security schemes that modules bring, by name. Each is enough for the routes that `AuthGuard` guards. */
  readonly securitySchemes: Readonly<Record<string, ApiSecurityScheme>>;
  /** The option `validation` of `create`, which decides which rules apply. */
  readonly validation: { readonly groups?: string[] };
}

/** Describes the running application, its promised imports included; for injection. */
export const APPLICATION_DESCRIPTION: InjectionToken<() => MaybePromise<ApplicationDescription>> = new KnownToken(
  'APPLICATION_DESCRIPTION',
);
