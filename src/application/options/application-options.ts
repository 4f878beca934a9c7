import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../../contracts/pipeline.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anObject,
  anything,
  callable,
  checkOptions as checkEach,
  either,
  flag,
  listOf,
  numberAbove,
  numberFrom,
  oneOf,
  type Rule,
  type Rules,
  text,
} from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { CompressionOptions } from '../../http/policies/compression.js';
import type { CorsOptions } from '../../http/policies/cors-options.js';
import type { SecurityHeadersOptions } from '../../http/policies/security-headers.js';
import { checkUploadOptions, type UploadOptions } from '../../http/request/upload-options.js';
import { type AccessLogOptions, checkAccessLogOptions } from '../../logging/access-log/access-log-options.js';
import type { LoggerOption } from '../../logging/logger/create-logger.js';
import type { EnhancerKind } from '../../metadata/class-metadata.js';
import { checkEnhancer, ENHANCER_KINDS } from '../../modules/plan/check-enhancers.js';
import type { SettingOverrides } from '../../settings/settings.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { Constructor } from '../../shared/types.js';
import { VALIDATION_RULES, type ValidationOptions } from '../../validation/validation-options.js';
import type { BatchOptions, RequestsVia } from './record-options.js';
import { checkVersioning, type VersioningOptions } from './versioning-options.js';

type ClassOrInstance<T> = T | Constructor<T>;

/** The options of `LambdaApplication.create`. */
export interface ApplicationOptions {
  /** For every route and consumer, before those of the controller. */
  guards?: readonly ClassOrInstance<CanActivate>[];
  interceptors?: readonly ClassOrInstance<Interceptor>[];
  pipes?: readonly ClassOrInstance<PipeTransform>[];
  /** For every error, after those of the controller; only these see 404 and 405. */
  filters?: readonly ClassOrInstance<ExceptionFilter>[];
  /** A `Logger`, a winston logger, or options of winston. */
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
   * How errors other than an `HttpException` are handled. `throw`, the default, fails the invocation: Lambda reports
   * the error, and the gateway responds without CORS headers, so a script in a browser can't even read the status.
   * `respond` sends a 500 with the headers of every response; choose it for an API that browsers call. Both log the
   * error as critical.
   */
  unhandledErrors?: 'throw' | 'respond';
  /** How records of queues, topics and streams are handled. */
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
}

/** A literal path: no query, no fragment, no pattern. */
const aPath: Rule = {
  expected: "text, as in '/v1'",
  accepts: (value) => typeof value === 'string' && !/[\s?#*{}]/.test(value),
};

const RULES: Rules<ApplicationOptions> = {
  guards: anything,
  interceptors: anything,
  pipes: anything,
  filters: anything,
  logger: anything,
  accessLog: either(flag, anObject),
  cors: either(flag, anObject),
  securityHeaders: either(flag, anObject),
  basePath: either(aPath, listOf(aPath)),
  ignoreTrailingSlash: flag,
  caseSensitive: flag,
  bodyLimit: either(numberAbove(0, 'bytes'), text),
  uploads: anObject,
  query: oneOf('flat', 'nested'),
  versioning: anObject,
  compression: either(flag, anObject),
  etag: flag,
  timeoutMargin: numberFrom(0, 'milliseconds'),
  unhandledErrors: oneOf('throw', 'respond'),
  batch: anObject,
  requestsVia: anything,
  validation: anObject,
  json: either(anObject, callable),
  settings: anObject,
};

/**
 * Checks the options and copies them with their lists: some are read later, and a guard that was removed from a list in
 * between would be missing.
 *
 * @throws BootstrapError naming an unknown option or a bad value.
 */
export function checkedOptions(options: ApplicationOptions): ApplicationOptions {
  checkOptions(options);
  const given = Object.keys(RULES).map((name) => [name, options[name as keyof ApplicationOptions] as unknown]);
  return Object.fromEntries(
    given.map(([name, value]) => [name, Array.isArray(value) ? [...(value as unknown[])] : value]),
  ) as ApplicationOptions;
}

function checkOptions(options: ApplicationOptions): void {
  checkEach(options, RULES, 'the options of LambdaApplication.create');
  for (const kind of ENHANCER_KINDS) checkEnhancerList(options[kind], kind);
  const { accessLog, json, uploads, validation, versioning } = options;
  if (json) checkJson(json);
  if (typeof accessLog === 'object') checkAccessLogOptions(accessLog);
  if (uploads) checkUploadOptions(uploads);
  if (validation) checkEach(validation, VALIDATION_RULES, 'the option validation');
  if (validation?.forbidNonWhitelisted && !validation.whitelist) {
    throw new BootstrapError('validation.forbidNonWhitelisted does nothing without validation.whitelist: true.');
  }
  if (versioning) checkVersioning(versioning);
}

function checkEnhancerList(given: unknown, kind: EnhancerKind): void {
  if (given === undefined) return;
  if (!Array.isArray(given)) {
    throw new BootstrapError(
      `The option ${kind} is ${describeValue(given)}: it must be a list, as in ${kind}: [MyClass].`,
    );
  }
  given.forEach((entry, index) =>
    checkEnhancer(entry, kind, () => `${kind}[${index}] of the options of LambdaApplication.create`),
  );
}

/**
 * Checks the functions by calling them once: a promise could not be a body. Other members are allowed, as `json` may be
 * `JSON` itself or a library.
 */
function checkJson(json: JsonCodec): void {
  if (typeof json.parse !== 'function' || typeof json.stringify !== 'function') {
    throw new BootstrapError('The option json must be an object with the functions parse and stringify');
  }
  const written: unknown = json.stringify({ a: 1 });
  if (typeof written !== 'string') {
    throw new BootstrapError(
      `json.stringify returned ${describeValue(written)}: it must return a string, synchronously.`,
    );
  }
  const read: unknown = json.parse(written);
  if (isPromiseLike(read))
    throw new BootstrapError(`json.parse returned ${describeValue(read)}: it must return the data, synchronously.`);
}
