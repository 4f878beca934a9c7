import { app } from './app.js';

/**
 * The two handlers for Lambda: `dist/lambda.handler`, and `dist/lambda.streamingHandler` for a function URL with the
 * invoke mode `RESPONSE_STREAM`. The application bootstraps in the init phase, before the first event.
 */
export const { handler, streamingHandler } = await app.ready();
