import { outgoingValue } from '../shared/outgoing.js';
import { awsClientConfig } from './aws-client-config.js';
import { missingPeers } from './missing-peers.js';

/** What an event of a WebSocket API says of the API. */
export interface ConnectionEvent {
  readonly requestContext: { readonly domainName: string; readonly stage: string; readonly apiId: string };
}

/** Speaks to the clients that are connected to a WebSocket API. */
export interface ConnectionsClient {
  /** As in `https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod`. */
  readonly endpoint: string;
  /**
   * Sends a message: text and bytes as they are, anything else as JSON, in a process with an application as its answers
   * are.
   *
   * @returns Whether there still is such a connection; when there is none, forget it.
   */
  post(connectionId: string, message: unknown): Promise<boolean>;
  /** Ends a connection. @returns Whether there still was one. */
  close(connectionId: string): Promise<boolean>;
  /** Closes the client's own connections to AWS. */
  destroy(): Promise<void>;
}

/**
 * A client for the connections of a WebSocket API, on the optional peer `@aws-sdk/client-apigatewaymanagementapi`,
 * which Lambda's runtimes have. Keep it for as long as the process lives: it keeps its connections open.
 *
 * @param api The API's endpoint, or an event of the API that the answer goes to.
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
 * A custom domain has the API behind a base path that the event doesn't tell, so its own domain is used.
 *
 * @throws Error outside of Lambda, for an event with a custom domain, when `AWS_REGION` is not set.
 */
function endpointOf({ requestContext: { domainName, stage, apiId } }: ConnectionEvent): string {
  if (domainName.includes('.execute-api.')) return `https://${domainName}/${stage}`;
  const region = process.env['AWS_REGION'];
  if (!region)
    throw new Error(
      `AWS_REGION is not set: the endpoint of the API behind ${domainName} can't be told. Give connectionsClient the endpoint.`,
    );
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
