import type { ObservedContext } from '../../contracts/event-observer.js';
import { spanOfLambda, spanOfRecord, spanOfRequest } from './carried-spans.js';
import type { RemoteSpan } from './trace-headers.js';
import type { TraceBelief, TracingOptions } from './tracing-options.js';

/** The origin of an event's span. */
interface Origin {
  readonly parent: RemoteSpan | undefined;
  readonly links: readonly RemoteSpan[];
}

/** The default limit of links of a span in OpenTelemetry's SDKs. */
const MOST_LINKS = 128;

/**
 * Decides what becomes of the traces that events name. What comes from outside is believed as far as the options say.
 */
export class IncomingSpans {
  readonly #http: TraceBelief;
  readonly #messages: TraceBelief;
  readonly #xray: TraceBelief;
  readonly #budget: SampledBudget;

  constructor({ incoming = {}, sampledPerSecond = 10 }: TracingOptions) {
    this.#http = incoming.http ?? 'link';
    this.#messages = incoming.messages ?? 'parent';
    this.#xray = incoming.xray ?? 'link';
    this.#budget = new SampledBudget(sampledPerSecond);
  }

  /**
   * @param enclosing The span of this process that the event is handled in: the parent, unless a caller's is, because
   *   the process decides for itself what it records.
   */
  of(context: ObservedContext, enclosing: RemoteSpan | undefined): Origin {
    const lambda = this.#xray === 'ignore' ? undefined : spanOfLambda();
    const callers = this.#callers(context);
    const parent = callers.parent ?? enclosing ?? (this.#xray === 'parent' ? lambda : undefined);
    // A span that X-Ray doesn't record would be a link to nowhere.
    const inXRay = lambda?.traceFlags === 1 && lambda.traceId !== parent?.traceId ? [lambda] : [];
    return { parent, links: unique([...callers.links, ...(enclosing ? [enclosing] : []), ...inXRay], parent) };
  }

  #callers(context: ObservedContext): Origin {
    if (context.getType() === 'http') {
      const belief = context.request.via === undefined ? this.#http : this.#messages;
      return belief === 'ignore' ? NOTHING : this.#callerOf(spanOfRequest(context), belief);
    }
    if (this.#messages === 'ignore') return NOTHING;
    const spans = (context.records ?? []).flatMap((record) => spanOfRecord(record) ?? []);
    // A batch may have several parents.
    const isParent = this.#messages === 'parent' && context.records?.length === 1;
    return isParent ? { parent: spans[0], links: [] } : { parent: undefined, links: spans };
  }

  #callerOf(span: RemoteSpan | undefined, belief: TraceBelief): Origin {
    if (!span) return NOTHING;
    const isParent = belief === 'parent' && (span.traceFlags === 0 || this.#budget.take());
    return isParent ? { parent: span, links: [] } : { parent: undefined, links: [span] };
  }
}

const NOTHING: Origin = { parent: undefined, links: [] };

function unique(spans: readonly RemoteSpan[], parent: RemoteSpan | undefined): readonly RemoteSpan[] {
  const bySpan = new Map(spans.map((span) => [span.traceId + span.spanId, span]));
  if (parent) bySpan.delete(parent.traceId + parent.spanId);
  return [...bySpan.values()].slice(0, MOST_LINKS);
}

/**
 * Counts the callers that may still have their trace recorded in this second. Callers who ask for all of them pay
 * nothing.
 */
class SampledBudget {
  #second = 0;
  #left = 0;

  constructor(private readonly perSecond: number) {}

  take(): boolean {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#left = this.perSecond;
    }
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
