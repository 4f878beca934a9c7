import type { Context as LambdaContext } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { LogFields } from '../../contracts/logger.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import type { RequestSource } from '../../http/request/request-source.js';
import { Request, type RequestOptions } from '../../http/request/request.js';
import { Response } from '../../http/response/response.js';
import type { EventLog, StandardFields } from '../../logging/logger/event-log.js';
import { EventContext, type EventContextOptions } from '../event/event-context.js';

/** What the application decides for the context of every request. */
export interface HttpContextOptions extends EventContextOptions {
  readonly request: RequestOptions;
}

/** The context of one HTTP request. */
export class HttpContext extends EventContext implements StandardFields {
  readonly request: Request;
  /** The head of a streamed answer is out: no other answer can be given. */
  headersSent = false;
  /** The CORS rules of a path without a route for the method; `undefined` takes the application's. */
  corsOfPath: CorsPolicy | false | undefined;
  /** The response that someone asked for, `undefined` while nobody has. */
  injected: Response | undefined;

  constructor(source: RequestSource, event: unknown, lambdaContext: LambdaContext, options: HttpContextOptions) {
    super(event, lambdaContext, options);
    this.request = new Request(source, this, options.request);
  }

  get response(): Response {
    return (this.injected ??= new Response());
  }

  get record(): SourceRecord {
    throw new Error(
      "This event is an HTTP request: it has no record. Put @For('record') on what is for records alone, or ask context.getType() first.",
    );
  }

  getType(): 'http' {
    return 'http';
  }

  protected get hasGateway(): boolean {
    return this.request.via === undefined;
  }

  /** Where there is no access log; otherwise its line knows more. */
  standardFields({ traceId }: EventLog): LogFields {
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
