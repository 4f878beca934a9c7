import type { EventObserver, ObservedEvent } from '../../contracts/event-observer.js';
import type { CallHandler, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { brand } from '../../shared/brand.js';

/** Stands in for spans where tracing is off. The application leaves it out. */
export class NoSpans implements EventObserver, Interceptor {
  readonly intercepts = false;
  readonly isOff = true;

  begin(): ObservedEvent {
    return { ended: () => undefined };
  }

  intercept(_context: ExecutionContext, next: CallHandler): Promise<unknown> {
    return next.handle();
  }
}
brand(NoSpans, 'EventObserver');
