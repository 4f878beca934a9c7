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
import type { BatchOptions } from './batch-options.js';
import type { RequestsVia } from './requests-via.js';
import { checkVersioning, type VersioningOptions } from './versioning-options.js';

type ClassOrInstance<T> = T | Constructor<T>;

/** What `LambdaApplication.create` takes beside the root module. */
export interface ApplicationOptions {
  /** For every route, before the controller's. */
  guards?: readonly ClassOrInstance<CanActivate>[];
  interceptors?: readonly ClassOrInstance<Interceptor>[];
  pipes?: readonly ClassOrInstance<PipeTransform>[];
  /** For every error, after the controller's; 404 and 405 see these only. */
  filters?: readonly ClassOrInstance<ExceptionFilter>[];
  /** A `Logger`, a winston logger, or winston's options. */
  logger?: LoggerOption;
  /** `false` writes no access log. */
  accessLog?: boolean | AccessLogOptions;
  /** Off unless given; `true` allows every origin. */
  cors?: boolean | CorsOptions;
  /** Off unless given. */
  securityHeaders?: boolean | SecurityHeadersOptions;
  /** A custom domain's base path, as in `/v1`, or several: the longest that fits is taken off a path. */
  basePath?: string | readonly string[];
  /**
   * Whether `/orders/` is answered by the route of `/orders`, and the other way round; not unless given, as in Fastify.
   */
  ignoreTrailingSlash?: boolean;
  /**
   * Whether `/Orders` is another path than `/orders`; it is unless given, as in Fastify. Values of parameters keep
   * their case.
   */
  caseSensitive?: boolean;
  /** Bytes, or text as in `512kb`; a longer body is 413. The setting `BODY_LIMIT` unless given. */
  bodyLimit?: number | string;
  uploads?: UploadOptions;
  /**
   * `nested` makes objects and lists of brackets in the names of queries and forms: `r[0][id]=1` is `{ r: [{ id: '1' }]
   * }`. `flat` unless given; `ids[]=1` is a list in both.
   */
  query?: 'flat' | 'nested';
  versioning?: VersioningOptions;
  /** Off unless given: gzip of 8.5 kB costs 130 to 160 µs. */
  compression?: boolean | CompressionOptions;
  /** Off unless given: a SHA-1 of the body costs about 8 µs. */
  etag?: boolean;
  /** Milliseconds of the invocation that are kept back for the answer and the log line; 200 unless given. */
  timeoutMargin?: number;
  /**
   * What becomes of an error that isn't an `HttpException`. `throw`, the default, fails the invocation: Lambda reports
   * the error, and the gateway answers without CORS headers, so a script in a browser can't even read the status.
   * `respond` answers 500 with the headers of every answer; choose it for an API that browsers call. The error is
   * logged as critical in both cases.
   */
  unhandledErrors?: 'throw' | 'respond';
  /** How records of queues, streams and topics are handled. */
  batch?: BatchOptions;
  /**
   * Queues and topics whose messages are requests, in the form in which API Gateway, a load balancer, a Function URL or
   * VPC Lattice delivers them, as in `{ sqs: ['api-requests'] }`. They go through the routes; of each only method,
   * path, query, headers and body are believed. None unless given.
   */
  requestsVia?: RequestsVia;
  validation?: ValidationOptions;
  /** Functions to use instead of `JSON`'s. */
  json?: JsonCodec;
  /** Settings that win over the environment's. */
  settings?: SettingOverrides;
}

/** Nothing that stands behind the path, and no pattern: it is compared as it is. */
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
 * The options as they are now: some are read when the application starts, and a guard that is taken out of a list by
 * then would be missing.
 *
 * @throws BootstrapError naming an option that doesn't exist, or a value that it doesn't take.
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
      `The option ${kind} is ${describeValue(given)}: it takes a list, as in ${kind}: [MyClass].`,
    );
  }
  given.forEach((entry, index) =>
    checkEnhancer(entry, kind, () => `${kind}[${index}] of the options of LambdaApplication.create`),
  );
}

/**
 * More members than these are no mistake: it may be `JSON` itself, or a library. What they give is looked at once: a
 * promise would be no body.
 */
function checkJson(json: JsonCodec): void {
  if (typeof json.parse !== 'function' || typeof json.stringify !== 'function') {
    throw new BootstrapError('json takes an object with the functions parse and stringify');
  }
  const written: unknown = json.stringify({ a: 1 });
  if (typeof written !== 'string') {
    throw new BootstrapError(`json.stringify gave ${describeValue(written)}: it gives text, at once.`);
  }
  const read: unknown = json.parse(written);
  if (isPromiseLike(read))
    throw new BootstrapError(`json.parse gave ${describeValue(read)}: it gives the data, at once.`);
}
