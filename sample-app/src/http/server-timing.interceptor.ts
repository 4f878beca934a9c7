import { type CallHandler, type ExecutionContext, For, Injectable, type Interceptor } from 'lambent';

/** Tells browsers' developer tools how long the method took (W3C Server Timing). */
@For('http')
@Injectable()
export class ServerTimingInterceptor implements Interceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const start = performance.now();
    const result = await next.handle();
    const milliseconds = (performance.now() - start).toFixed(1);
    context.response.headers['server-timing'] = `app;dur=${milliseconds}`;
    return result;
  }
}
