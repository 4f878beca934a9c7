import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

// It has no types.
const dynalite = jest.requireActual<(options: { createTableMs: number; deleteTableMs: number }) => Server>('dynalite');

/** What DynamoDB answers in the place of what was asked for, or `hang` for nothing at all. */
export type Trouble = { readonly status: number; readonly type: string } | 'hang' | undefined;

/** DynamoDB on loopback, with a door in front of it that can be in trouble. */
export class LocalDynamo {
  readonly #server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  readonly #door = createServer((incoming, response) => void this.#take(incoming, response));
  trouble: Trouble;
  /** How many calls have come in. */
  calls = 0;
  client!: DynamoDBClient;

  async start(): Promise<void> {
    for (const server of [this.#server, this.#door]) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
    this.client = new DynamoDBClient(this.config);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    this.#door.closeAllConnections();
    await Promise.all([this.#server, this.#door].map((server) => new Promise((resolve) => server.close(resolve))));
  }

  /** Options for a client of it. */
  get config(): DynamoDBClientConfig & Record<string, unknown> {
    const { port } = this.#door.address() as AddressInfo;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return { endpoint: `http://127.0.0.1:${port}`, region: 'eu-central-1', credentials };
  }

  async createTable(name: string, key = 'id'): Promise<void> {
    await this.client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
      }),
    );
  }

  async #take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    this.calls++;
    const { trouble } = this;
    if (trouble === 'hang') return;
    if (trouble) {
      incoming.resume();
      response.writeHead(trouble.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: trouble.type, message: 'in trouble' }));
      return;
    }
    const { port } = this.#server.address() as AddressInfo;
    const { method, url, headers } = incoming;
    const inner = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(inner);
  }
}
