import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../../contracts/pipeline.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { CompressionOptions } from '../../http/policies/compression-options.js';
import type { CorsOptions } from '../../http/policies/cors-options.js';
import type { SecurityHeadersOptions } from '../../http/policies/security-headers.js';
import type { UploadOptions } from '../../http/request/upload-options.js';
import type { AccessLogOptions } from '../../logging/access-log/access-log-options.js';
import type { LoggerOption } from '../../logging/logger/create-logger.js';
import type { SettingOverrides } from '../../settings/settings.js';
import type { Token } from '../../shared/token.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import type { ValidationOptions } from '../../validation/validation-options.js';
import type { BatchOptions, RequestsVia } from './record-options.js';
import type { VersioningOptions } from './versioning.js';

type ClassOrInstance<T> = T | Constructor<T>;

/** The options of `LambdaApplication.create`. */
export interface ApplicationOptions {
  /** For every route and consumer, before those of the controller. */
  guards?: readonly ClassOrInstance<CanActivate>[];
  interceptors?: readonly ClassOrInstance<Interceptor>[];
  pipes?: readonly ClassOrInstance<PipeTransform>[];
  /** For every error, after those of the controller; only these see 404 and 405. */
  filters?: readonly ClassOrInstance<ExceptionFilter>[];
  /** A `Logger`, a winston logger, or options: a debug buffer, sampling, redaction, and winston's. */
  logger?: LoggerOption;
  /** `false` writes no access log. */
  accessLog?: boolean | AccessLogOptions;
  /** Off by default; `true` allows every origin. */
  cors?: boolean | CorsOptions;
  /** Off by default. */
  securityHeaders?: boolean | SecurityHeadersOptions;
  /** The base path of a custom domain, as in `/v1`, or several: the longest match is removed from paths. */
  basePath?: string | readonly string[];
  /** Whether `/orders/` matches the route `/orders`, and the other way round. `false` by default, as in Fastify. */
  ignoreTrailingSlash?: boolean;
  /**
   * Whether `/Orders` and `/orders` are different paths. `true` by default, as in Fastify. Values of parameters keep
   * their case.
   */
  caseSensitive?: boolean;
  /** The limit of request bodies, in bytes or as in `512kb`; a longer body is 413. `BODY_LIMIT` by default. */
  bodyLimit?: number | string;
  uploads?: UploadOptions;
  /**
   * `nested` parses brackets in the names of queries and forms: `r[0][id]=1` becomes `{ r: [{ id: '1' }] }`. `flat` by
   * default; `ids[]=1` is a list in both.
   */
  query?: 'flat' | 'nested';
  versioning?: VersioningOptions;
  /** Off by default: gzip of 8.5 kB costs 130 to 160 µs. */
  compression?: boolean | CompressionOptions;
  /** Off by default: a SHA-1 of the body costs about 8 µs. */
  etag?: boolean;
  /** The milliseconds of the invocation that are reserved for the response and the log line. 200 by default. */
  timeoutMargin?: number;
  /**
   * The treatment of errors other than an `HttpException`. `throw`, the default, fails the invocation: Lambda reports
   * the error, and the gateway responds without CORS headers, so a script in a browser can't even read the status.
   * `respond` sends a 500 with the headers of every response; choose it for an API that browsers call. Both log the
   * error as critical.
   */
  unhandledErrors?: 'throw' | 'respond';
  /** Options for records of queues, topics and streams. */
  batch?: BatchOptions;
  /**
   * The queues and topics whose messages are requests, as events of API Gateway, a load balancer, a Function URL or VPC
   * Lattice: `{ sqs: ['api-requests'] }`. They are dispatched to the routes; only their method, path, query, headers
   * and body are trusted. None by default.
   */
  requestsVia?: RequestsVia;
  validation?: ValidationOptions;
  /** The functions to use instead of those of `JSON`. */
  json?: JsonCodec;
  /** Settings that override those of the environment. */
  settings?: SettingOverrides;
  /**
   * Returns more options once the providers exist, and before the hooks run: `configure: (app) => ({ cors: { origin:
   * app.get(ShopConfig).origins } })`. A function instead of the options is the same as this option alone.
   */
  configure?: Configure;
}

/** The options that can come from providers, because neither the plan nor a provider depends on them. */
export type ConfiguredOptions = Pick<
  ApplicationOptions,
  'cors' | 'securityHeaders' | 'compression' | 'etag' | 'query' | 'uploads' | 'batch'
>;

/** Returns options that come from providers, such as a configuration. */
export type Configure = (app: ConfiguredApplication) => MaybePromise<ConfiguredOptions>;

/** The application, as {@link Configure} gets it. */
export interface ConfiguredApplication {
  /** Returns the single instance of a provider. */
  get<T>(token: Token<T>): T;
}

/** Returns the options that stand for what `create` was given. */
export function givenOptions(given: ApplicationOptions | Configure): ApplicationOptions {
  return typeof given === 'function' ? { configure: given } : given;
}

const NAMES: { readonly [Name in keyof ApplicationOptions]-?: true } = {
  guards: true,
  interceptors: true,
  pipes: true,
  filters: true,
  logger: true,
  accessLog: true,
  cors: true,
  securityHeaders: true,
  basePath: true,
  ignoreTrailingSlash: true,
  caseSensitive: true,
  bodyLimit: true,
  uploads: true,
  query: true,
  versioning: true,
  compression: true,
  etag: true,
  timeoutMargin: true,
  unhandledErrors: true,
  batch: true,
  requestsVia: true,
  validation: true,
  json: true,
  settings: true,
  configure: true,
};

/**
 * Copies the options with their lists: some are read later, and a guard that was removed from a list in between would
 * be missing. Read by name, because an instance of a class may have them as getters.
 */
export function copiedOptions(options: ApplicationOptions): ApplicationOptions {
  const given = Object.keys(NAMES).map((name) => [name, options[name as keyof ApplicationOptions] as unknown]);
  return Object.fromEntries(
    given.map(([name, value]) => [name, Array.isArray(value) ? [...(value as unknown[])] : value]),
  ) as ApplicationOptions;
}
