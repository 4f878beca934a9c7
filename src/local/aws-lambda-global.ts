import { PRELUDE_END, PRELUDE_TYPE, type ResponseStream } from './response-stream.js';

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
