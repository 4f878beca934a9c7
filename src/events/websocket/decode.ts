import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/record-adapter.js';
import { asString } from '../as-string.js';
import { readBytes, readText } from '../event-body.js';

/** Connecting and disconnecting carry nothing. */
const NO_MESSAGE = [''];

/** One message; `undefined` is what connecting and disconnecting carry. */
export function decodeWebSocket(event: APIGatewayProxyWebsocketEventV2): SourceRecord[] {
  const { requestContext, isBase64Encoded } = event;
  const read = isBase64Encoded === true ? readBytes : readText;
  return [
    {
      raw: event,
      id: asString(requestContext.requestId) ?? '',
      attributes: { route: asString(requestContext.routeKey) ?? '' },
      mayLack: requestContext.eventType === 'MESSAGE' ? undefined : NO_MESSAGE,
      content: () => read(event) ?? undefined,
    },
  ];
}
