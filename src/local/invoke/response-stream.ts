import { Writable } from 'node:stream';

/** The content type of a stream that begins with a prelude: JSON with status and headers, then eight NUL bytes. */
export const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
export const PRELUDE_END: Buffer = Buffer.alloc(8);

/** Whoever is at the other end of a function's response stream. */
export interface StreamReceiver {
  write(chunk: Buffer, contentType: string): Promise<void>;
  end(contentType: string): void;
}

type WriteCallback = (error?: Error | null) => void;

/**
 * The stream that the Node.js runtime hands to a streaming handler.
 *
 * As there, the prelude goes out with the first `write`, so that a stream which is only ended has none,
 * and a chunk that is neither text nor bytes is written as JSON.
 */
export class ResponseStream extends Writable {
  /** Set by `awslambda.HttpResponseStream.from`. */
  beforeFirstWrite?: (write: (chunk: string | Uint8Array) => void) => void;
  private contentType = 'application/octet-stream';
  private begun = false;

  constructor(private readonly receiver: StreamReceiver) {
    super();
    // An error is reported by whoever awaits the stream's end, and no error must end the emulator.
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

// By this mark the runtime knows a streaming handler, in whatever copy of it.
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** The global `awslambda` of the Node.js runtime. */
export interface AwsLambda {
  streamifyResponse<H extends object>(handler: H): H;
  HttpResponseStream: { from(stream: ResponseStream, prelude: unknown): ResponseStream };
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
 * Puts a global `awslambda` in place, as the Node.js runtime does before it loads a function.
 *
 * Call it before the function's module is loaded. One that streams already stays as it is; one without streaming, which
 * the AWS SDK makes for its own use, gets what it lacks.
 */
export function installAwsLambda(): void {
  const scope = globalThis as unknown as { awslambda?: Partial<AwsLambda> };
  if (typeof scope.awslambda?.streamifyResponse === 'function') return;
  scope.awslambda = Object.assign(scope.awslambda ?? {}, awslambda);
}
