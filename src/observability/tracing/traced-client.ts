import { BootstrapError } from '../../errors/bootstrap-error.js';
import { describeValue } from '../../errors/describe-value.js';
import { classOf } from './span-attributes.js';
import type { OpenSpan, SpanMaker } from './span-maker.js';

/** A client of the AWS SDK for JavaScript v3, as far as it is used here. */
interface TraceableClient {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'initialize'; name: string; override: boolean }): void;
  };
}

type Middleware = (next: Call, context: CommandContext) => Call;
type Call = (args: unknown) => Promise<{ readonly output?: { readonly $metadata?: CallMetadata } }>;

interface CommandContext {
  /** Such as `DynamoDBClient`. */
  readonly clientName?: string;
  /** Such as `GetItemCommand`. */
  readonly commandName?: string;
}

interface CallMetadata {
  readonly requestId?: string;
  readonly httpStatusCode?: number;
}

/**
 * Gives every call of a client a span, retries included: a child of whatever is running. The name of the operation and
 * the status are recorded, not the parameters, which are data.
 *
 * A middleware of the client, because OpenTelemetry's instrumentation changes modules while they are loaded, and a
 * bundle has none to load.
 */
export function traceClient(client: unknown, maker: SpanMaker): void {
  const { middlewareStack } = Object(client) as Partial<TraceableClient>;
  if (typeof middlewareStack?.add !== 'function') {
    throw new BootstrapError(
      `The option clients of TracingModule has ${describeValue(client)}, which is not a client of the AWS SDK v3.`,
    );
  }
  const trace: Middleware = (next, command) => (args) => traced(() => next(args), command, maker);
  middlewareStack.add(trace, { step: 'initialize', name: 'lambentTracing', override: true });
}

function traced(call: () => ReturnType<Call>, command: CommandContext, maker: SpanMaker): ReturnType<Call> {
  const service = command.clientName?.replace(/Client$/, '') ?? 'AWS';
  const method = `${service}/${command.commandName?.replace(/Command$/, '') ?? 'call'}`;
  return maker.run({
    name: method,
    options: {
      kind: maker.api.SpanKind.CLIENT,
      attributes: { 'rpc.system.name': 'aws-api', 'rpc.method': method },
    },
    outer: maker.api.context.active(),
    work: call,
    succeeded: (span, { output }) => note(span, output?.$metadata),
    failed: (span, error) => {
      note(span, (error as { $metadata?: CallMetadata } | null | undefined)?.$metadata);
      span.set({ 'error.type': classOf(error) });
      span.fail(error);
    },
  }) as ReturnType<Call>;
}

function note(span: OpenSpan, { requestId, httpStatusCode }: CallMetadata = {}): void {
  if (requestId !== undefined) span.set({ 'aws.request_id': requestId });
  if (httpStatusCode !== undefined) span.set({ 'http.response.status_code': httpStatusCode });
}
