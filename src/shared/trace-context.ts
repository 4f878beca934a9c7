/** Returns the headers that continue the current trace elsewhere, such as `traceparent` of W3C Trace Context. */
export type TraceContextReader = () => Readonly<Record<string, string>>;

const TRACE_CONTEXT = Symbol.for('lambent.trace-context');

type Holder = { [TRACE_CONTEXT]?: TraceContextReader };

/** Sets what {@link traceContext} asks. Tracing does so when it starts. */
export function setTraceContext(read: TraceContextReader | undefined): void {
  // On the global object, because tracing may be part of another copy of the package.
  (globalThis as Holder)[TRACE_CONTEXT] = read;
}

/** Returns the headers that continue the current trace; none without tracing. */
export function traceContext(): Readonly<Record<string, string>> {
  return (globalThis as Holder)[TRACE_CONTEXT]?.() ?? {};
}
