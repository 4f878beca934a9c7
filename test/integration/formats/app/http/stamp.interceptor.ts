import { type CallHandler, type ExecutionContext, Injectable, type Interceptor } from 'lambent';

@Injectable()
export class StampInterceptor implements Interceptor {
  intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    context.response.headers['x-stamp'] = 'seen';
    return next.handle();
  }
}
