import type { Context as LambdaContext } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter, SourceRecord } from '../../contracts/event-adapter.js';
import type { LogFields } from '../../contracts/logger.js';
import type { HttpException } from '../../errors/http-exception.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import { Request, type RequestOptions } from '../../http/request/request.js';
import { newResponse } from '../../http/response/new-response.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import type { Response } from '../../http/response/response.js';
import type { AccessLine } from '../../logging/access-log/access-log.js';
import type { EventFields } from '../../logging/logger/event-fields.js';
import type { MaybePromise } from '../../shared/types.js';
import { EventContext } from '../event/event-context.js';
import type { TimeOptions } from '../options/application-config.js';

/** The application's options that apply to every request. */
export interface HttpContextOptions extends TimeOptions, DecodeOptions {
  readonly request: RequestOptions;
  /** The application's policy, until the route is known. */
  readonly cors: CorsPolicy | undefined;
}

/** The context of one HTTP request. */
export class HttpContext extends EventContext {
  readonly request: Request;
  /** Set by the dispatcher, which knows where the response goes. */
  send!: SendResponse;
  /** The error of a middleware around the application, sent in place of a route's response. */
  refusal: HttpException | undefined;
  /** The request's access-log line, as far as it is known; `undefined` without an access log. */
  accessLine: AccessLine | undefined;
  /** Whether the head of a streamed response is out: no other response can be sent. */
  headersSent = false;
  /** The status of the response that was sent; `undefined` until then. */
  sentStatus: number | undefined;
  /** The CORS policy of the response: the application's, until the route is known. */
  cors: CorsPolicy | undefined;
  /** The response that user code asked for; `undefined` until it does. */
  injected: Response | undefined;

  constructor(
    readonly adapter: HttpEventAdapter,
    event: unknown,
    lambdaContext: LambdaContext,
    options: HttpContextOptions,
  ) {
    super(event, lambdaContext, options);
    this.cors = options.cors;
    this.request = new Request(adapter.decode(event, options), this, options.request);
  }

  get response(): Response {
    return (this.injected ??= newResponse<Response>());
  }

  get record(): SourceRecord {
    throw new Error(
      "This event is an HTTP request and has no record. Put @For('record') on enhancers for records alone, or check " +
        'context.getType() first.',
    );
  }

  getType(): 'http' {
    return 'http';
  }

  protected get hasGateway(): boolean {
    return this.request.via === undefined;
  }

  /** The fields of the log line where there is no access log, which has more of them. */
  standardFields({ traceId }: EventFields): LogFields {
    const { id, method, path } = this.request;
    return {
      type: 'access',
      id,
      method,
      path,
      route: this.route,
      client_user_agent: this.request.header('user-agent'),
      trace_id: traceId,
    };
  }
}

/** Sends a response, as the handler's result or into a stream, and notes its status. Gives the handler's result. */
export type SendResponse = (rendered: AnyRenderedResponse, context: HttpContext) => MaybePromise<unknown>;
