import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { asHttpException } from '../../errors/as-http-exception.js';
import { decodeWebSocket } from './decode.js';
import { detectWebSocket } from './detect.js';
import { encodeWebSocket } from './encode.js';

/** API Gateway's WebSocket APIs. */
export const webSocket: RecordAdapter<APIGatewayProxyWebsocketEventV2> = {
  source: 'websocket',
  batches: false,
  showsErrors: true,
  isRefusal: (error) => (asHttpException(error)?.statusCode ?? 500) < 500,
  detect: detectWebSocket,
  decode: decodeWebSocket,
  encode: encodeWebSocket,
};
