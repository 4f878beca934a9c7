import { app } from './app.js';

/**
 * The two entries for Lambda: `dist/lambda.handler`, and `dist/lambda.streamingHandler` for a Function URL with the
 * invoke mode `RESPONSE_STREAM`. The bootstrap is over before the first event comes: it belongs to the init phase.
 */
export const { handler, streamingHandler } = await app.ready();
