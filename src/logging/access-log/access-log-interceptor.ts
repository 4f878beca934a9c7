import type { CallHandler, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { httpExceptionOf } from '../../errors/http-exception-of.js';
import { platformResponse } from '../../http/response/platform-response.js';
import { Response } from '../../http/response/response.js';
import { builtInMetadata, type MethodMetadata } from '../../metadata/class-metadata.js';
import { keysOf } from '../../metadata/declared-access.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { brand } from '../../shared/brand.js';
import { ColdStart } from '../logger/event-fields.js';
import { type AccessLogOptions, checkAccessLogOptions } from './access-log-options.js';
import { AccessLog } from './access-log.js';

/** Shared by all interceptors: an execution environment starts once. */
const coldStart = new ColdStart();

/**
 * Writes an access-log line for the routes that it is put around, for an application with `accessLog: false`, as in
 * `@UseInterceptors(new AccessLogInterceptor({ sampling: 0.1 }))`.
 *
 * The line is written when the method has returned or thrown, before exception filters and rendering. The access log
 * of the application, which is on by default, covers the whole request instead; with both you get two lines.
 * `cold_start` is in the line of the first request that passes any of these interceptors.
 */
export class AccessLogInterceptor implements Interceptor {
  readonly #log: AccessLog;

  /** @throws BootstrapError for an unknown option or an invalid value. */
  constructor(options: AccessLogOptions = {}) {
    checkAccessLogOptions(options);
    this.#log = new AccessLog(options, coldStart);
  }

  intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const line = this.#log.begin(context);
    return next.handle().then(
      async (result) => {
        await this.#log.responded(line, statusOf(result, context));
        return result;
      },
      async (error: unknown) => {
        await this.#log.failed(line, (await httpExceptionOf(error)) ?? error);
        throw error;
      },
    );
  }
}
brand(AccessLogInterceptor, 'AccessLogInterceptor');
builtInMetadata(AccessLogInterceptor).eventKinds = ['http'];

/** The status that a result is rendered with. */
function statusOf(result: unknown, context: ExecutionContext): number {
  const own = (result instanceof Response ? result : platformResponse(result))?.explicitStatus;
  const { statusCode, redirect } = decorated(context) ?? {};
  if (own === undefined && redirect)
    return (result as { statusCode?: number } | null)?.statusCode ?? redirect.statusCode;
  const isEmpty = result === undefined || result === null;
  return own ?? injectedStatus(context) ?? statusCode ?? (isEmpty ? 204 : 200);
}

/** Asks for the response only if there is one: asking creates it. */
function injectedStatus(context: ExecutionContext): number | undefined {
  const { injected } = context as { readonly injected?: Response };
  return injected?.explicitStatus;
}

const known = new WeakMap<object, MethodMetadata>();

/** Returns what the decorators of the route's method say. Its name may be another one than that of its property. */
function decorated(context: ExecutionContext): MethodMetadata | undefined {
  const method = context.getHandler();
  let metadata = known.get(method);
  if (!metadata) {
    const controller = context.getClass();
    const { methods } = mergedMetadata(controller);
    metadata = keysOf(controller, method)
      .map((key) => methods.get(key))
      .find((found) => found !== undefined && found.routes.length > 0);
    if (metadata) known.set(method, metadata);
  }
  return metadata;
}
