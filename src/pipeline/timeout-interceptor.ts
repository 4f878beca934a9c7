import type { ExecutionContext } from '../contracts/execution-context.js';
import type { CallHandler, Interceptor } from '../contracts/pipeline.js';
import { brand } from '../shared/brand.js';
import type { MaybePromise } from '../shared/types.js';
import type { PipelineContext } from './pipeline-context.js';

/**
 * Answers 504 and fires the event's `AbortSignal` when what is inside takes longer than `seconds`,
 * or than the invocation has left. The application puts one around everything, with `FUNCTION_TIMEOUT`.
 */
export class TimeoutInterceptor implements Interceptor {
  constructor(readonly seconds: number) {}

  intercept(context: ExecutionContext, next: CallHandler): MaybePromise<unknown> {
    const { deadline } = context as PipelineContext;
    deadline.limit(this.seconds);
    return deadline.race(next.handle());
  }
}
brand(TimeoutInterceptor, 'TimeoutInterceptor');
