import { missingPeers } from '../errors/missing-peers.js';
import { outgoingValue } from '../shared/outgoing-value.js';
import { awsClientConfig } from './aws-client-config.js';

/** The part of a WebSocket API's event that identifies the API. */
export interface ConnectionEvent {
  readonly requestContext: { readonly domainName: string; readonly stage: string; readonly apiId: string };
}

/** Sends messages to the clients that are connected to a WebSocket API. */
export interface ConnectionsClient {
  /** Such as `https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod`. */
  readonly endpoint: string;
  /**
   * Sends a message: text and bytes as they are, anything else as JSON. In a process with an application, it is
   * serialized as the application's responses are.
   *
   * @returns Whether the connection still exists. When it doesn't, forget its id.
   */
  post(connectionId: string, message: unknown): Promise<boolean>;
  /** Closes a connection. @returns Whether it still existed. */
  close(connectionId: string): Promise<boolean>;
  /** Closes this client's connections to AWS. */
  destroy(): Promise<void>;
}

/**
 * Returns a client for the connections of a WebSocket API. It needs the optional peer
 * `@aws-sdk/client-apigatewaymanagementapi`, which Lambda's runtimes include. Keep the client for as long as the
 * process lives, because it keeps its connections open.
 *
 * @param api The API's endpoint, or an event of the API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export function connectionsClient(api: string | ConnectionEvent): ConnectionsClient {
  const endpoint = typeof api === 'string' ? api : endpointOf(api);
  let opened: ReturnType<typeof openApi> | undefined;
  const client = () => (opened ??= openApi(endpoint));
  return {
    endpoint,
    post: (connectionId, message) =>
      unlessGone(async () => (await client()).postToConnection({ ConnectionId: connectionId, Data: bytesOf(message) })),
    close: (connectionId) => unlessGone(async () => (await client()).deleteConnection({ ConnectionId: connectionId })),
    destroy: async () => (await opened)?.destroy(),
  };
}

async function openApi(endpoint: string) {
  const { ApiGatewayManagementApi } = await import('@aws-sdk/client-apigatewaymanagementapi').catch(
    missingPeers('connectionsClient', '@aws-sdk/client-apigatewaymanagementapi'),
  );
  return new ApiGatewayManagementApi(awsClientConfig({ endpoint }));
}

/**
 * Returns the API's default endpoint. A custom domain may have the API behind a base path that the event doesn't
 * contain.
 *
 * @throws Error outside of Lambda, for an event with a custom domain, when `AWS_REGION` is not set.
 */
function endpointOf({ requestContext: { domainName, stage, apiId } }: ConnectionEvent): string {
  if (domainName.includes('.execute-api.')) return `https://${domainName}/${stage}`;
  const region = process.env['AWS_REGION'];
  if (!region) {
    throw new Error(
      `AWS_REGION is not set, so the endpoint of the API behind ${domainName} is unknown. ` +
        'Set it, or pass the endpoint to connectionsClient().',
    );
  }
  return `https://${apiId}.execute-api.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${stage}`;
}

async function unlessGone(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if ((error as Error | undefined)?.name === 'GoneException') return false;
    throw error;
  }
}

function bytesOf(message: unknown): Uint8Array {
  if (message instanceof Uint8Array) return message;
  return Buffer.from(typeof message === 'string' ? message : (JSON.stringify(outgoingValue(message)) ?? ''));
}
