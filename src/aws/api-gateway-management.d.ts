// The part of an optional peer that websocket-connections.ts uses, so that the package compiles without it.
declare module '@aws-sdk/client-apigatewaymanagementapi' {
  export class ApiGatewayManagementApi {
    constructor(config: object);
    postToConnection(input: { ConnectionId: string; Data: Uint8Array }): Promise<unknown>;
    deleteConnection(input: { ConnectionId: string }): Promise<unknown>;
    destroy(): void;
  }
}
