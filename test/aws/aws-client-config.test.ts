import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsClientConfig } from '../../src/aws/aws-client-config.js';
import { resolveSettings, type SettingOverrides } from '../../src/settings/settings.js';

// It has no types.
const dynalite = jest.requireActual<(options: { createTableMs: number }) => Server>('dynalite');

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'eu-central-1';

function configOf(overrides: SettingOverrides, more: object = {}) {
  return awsClientConfig({ region, credentials, ...more }, resolveSettings({}, overrides));
}

async function endpointOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the defaults', () => {
  test('come from the settings, in milliseconds', () => {
    const { requestHandler, retryMode } = awsClientConfig(
      {},
      resolveSettings({}, { CONNECTION_TIMEOUT: 0.5, READ_TIMEOUT: 2 }),
    );
    expect(retryMode).toBe('adaptive');
    expect(requestHandler).toEqual({
      connectionTimeout: 500,
      requestTimeout: 2000,
      throwOnRequestTimeout: true,
      socketTimeout: 2000,
      httpAgent: { keepAlive: true, maxSockets: 100 },
      httpsAgent: { keepAlive: true, maxSockets: 100 },
    });
  });

  test('go by the environment unless told otherwise', () => {
    expect(awsClientConfig().requestHandler).toMatchObject({ connectionTimeout: 5000, requestTimeout: 15_000 });
  });

  test('never round a short time down to no limit', () => {
    const { requestHandler } = awsClientConfig({}, resolveSettings({}, { READ_TIMEOUT: 0.0001 }));
    expect(requestHandler.requestTimeout).toBe(1);
  });
});

describe('overrides', () => {
  test('win, and add to the options of the request handler', () => {
    const config = awsClientConfig({ retryMode: 'standard', maxAttempts: 1, requestHandler: { requestTimeout: 0 } });
    expect(config).toMatchObject({ retryMode: 'standard', maxAttempts: 1 });
    expect(config.requestHandler).toMatchObject({ requestTimeout: 0, socketTimeout: 15_000, connectionTimeout: 5000 });
  });

  test('may bring an agent or a whole request handler', () => {
    const httpsAgent = new Agent();
    expect(awsClientConfig({ requestHandler: { httpsAgent } }).requestHandler.httpsAgent).toBe(httpsAgent);
    const requestHandler = { handle: () => Promise.reject(new Error('not called')) };
    expect(awsClientConfig({ requestHandler }).requestHandler).toBe(requestHandler);
  });
});

describe('a real client', () => {
  const dynamo = dynalite({ createTableMs: 0 });
  let endpoint: string;
  let client: DynamoDBClient;

  beforeAll(async () => {
    endpoint = await endpointOf(dynamo);
    client = new DynamoDBClient(configOf({ AWS_MAX_POOL_CONNECTIONS: 7 }, { endpoint }));
  });
  afterAll(async () => {
    client.destroy();
    await new Promise((resolve) => dynamo.close(resolve));
  });

  test('creates a table, puts and gets', async () => {
    await client.send(
      new CreateTableCommand({
        TableName: 'orders',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
    await client.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: '7' }, total: { N: '12' } } }));
    const { Item } = await client.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: '7' } } }));
    expect(Item).toEqual({ id: { S: '7' }, total: { N: '12' } });
  });

  test('retries adaptively', async () => {
    expect(await client.config.retryStrategy()).toHaveProperty('mode', 'adaptive');
  });

  test('keeps its connections alive and its pool to the size', async () => {
    await client.send(new ListTablesCommand({}));
    const handler = client.config.requestHandler as unknown as {
      httpHandlerConfigs(): { httpAgent: Agent; httpsAgent: Agent };
    };
    const { httpAgent, httpsAgent } = handler.httpHandlerConfigs();
    for (const agent of [httpAgent, httpsAgent]) {
      expect(agent.maxSockets).toBe(7);
      expect(agent.options).toMatchObject({ keepAlive: true });
    }
    expect(Object.values(httpAgent.freeSockets).flat()).toHaveLength(1);
  });
});

describe('a service', () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    return endpointOf(server);
  }

  test('that never answers fails the call after the read timeout', async () => {
    const endpoint = await serve(() => {});
    const client = new DynamoDBClient(configOf({ READ_TIMEOUT: 0.2 }, { endpoint, maxAttempts: 1 }));
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
    client.destroy();
    // The read timeout unless given is longer than this test may take.
  }, 14_000);

  test('that stalls in the middle of an answer fails the reader after the read timeout', async () => {
    const endpoint = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('the beginning');
    });
    const client = new S3Client(configOf({ READ_TIMEOUT: 0.2 }, { endpoint, maxAttempts: 1, forcePathStyle: true }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    await expect(Body?.transformToString()).rejects.toMatchObject({ name: 'TimeoutError' });
    client.destroy();
  }, 14_000);

  test('that fails once is asked again', async () => {
    let calls = 0;
    const endpoint = await serve((_request, response) => {
      calls++;
      response.writeHead(calls === 1 ? 500 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(calls === 1 ? '{"__type":"InternalServerError"}' : '{"TableNames":["orders"]}');
    });
    const client = new DynamoDBClient(configOf({}, { endpoint }));
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['orders']);
    expect(calls).toBe(2);
    client.destroy();
  });
});
