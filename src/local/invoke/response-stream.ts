import { Writable } from 'node:stream';
import type { LambdaHandler, StreamingHandler } from './handler-target.js';

/** The content type of a stream with a prelude: JSON with status and headers, then eight NUL bytes. */
export const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
export const PRELUDE_END: Buffer = Buffer.alloc(8);

/** The other end of a function's response stream. */
export interface StreamReceiver {
  write(chunk: Buffer, contentType: string): Promise<void>;
  end(contentType: string): void;
}

type WriteCallback = (error?: Error | null) => void;

/**
 * The stream that the Lambda runtime passes to a streaming handler.
 *
 * As in the runtime, the prelude is sent with the first `write`, so a stream that only ends has none. A chunk that is
 * neither text nor bytes is written as JSON.
 */
export class ResponseStream extends Writable {
  /** Writes the prelude. Set by `awslambda.HttpResponseStream.from`. */
  beforeFirstWrite?: (write: (chunk: string | Uint8Array) => void) => void;
  private contentType = 'application/octet-stream';
  private begun = false;

  constructor(private readonly receiver: StreamReceiver) {
    super();
    // Callers that await the end of the stream report its errors. Unhandled, an error would end the emulator.
    this.on('error', () => undefined);
  }

  /** @throws Error after the first write. */
  setContentType(contentType: string): void {
    if (this.begun) throw new Error('The content type must be set before the first write');
    this.contentType = contentType;
  }

  override write(chunk: unknown, encoding?: BufferEncoding | WriteCallback, callback?: WriteCallback): boolean {
    if (!this.begun) {
      this.begun = true;
      this.beforeFirstWrite?.((head) => super.write(head));
    }
    const content = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
    return typeof encoding === 'function'
      ? super.write(content, encoding)
      : super.write(content, encoding ?? 'utf8', callback);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.receiver.write(chunk, this.contentType).then(() => callback(), callback);
  }

  override _final(callback: WriteCallback): void {
    try {
      this.receiver.end(this.contentType);
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }
}

/** Marks a streaming handler for the Lambda runtime. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** The global `awslambda` of the Lambda runtime. */
export interface AwsLambda {
  streamifyResponse<H extends object>(handler: H): H;
  HttpResponseStream: { from(stream: ResponseStream, prelude: unknown): ResponseStream };
}

/** A handler that was passed to `awslambda.streamifyResponse`. */
type StreamifiedHandler = StreamingHandler & { readonly [STREAMING]: unknown };

/** The handler that a function's file exports. */
export type ExportedHandler = LambdaHandler | StreamifiedHandler;

/** Whether an export of a function's file can be its handler. */
export function isHandler(exported: unknown): exported is ExportedHandler {
  return typeof exported === 'function';
}

export function isStreaming(handler: unknown): handler is StreamifiedHandler {
  return typeof handler === 'function' && STREAMING in handler;
}

const awslambda: AwsLambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType(PRELUDE_TYPE);
      const head = JSON.stringify(prelude);
      stream.beforeFirstWrite = (write) => {
        write(head);
        write(PRELUDE_END);
      };
      return stream;
    },
  },
};

/**
 * Defines the global `awslambda`, as the Lambda runtime does before it loads a function.
 *
 * Call it before the function's module is loaded. It keeps an existing global that supports streaming, and completes
 * one without, which the AWS SDK defines for its own use.
 */
export function installAwsLambda(): void {
  const scope = globalThis as unknown as { awslambda?: Partial<AwsLambda> };
  if (typeof scope.awslambda?.streamifyResponse === 'function') return;
  scope.awslambda = Object.assign(scope.awslambda ?? {}, awslambda);
}
