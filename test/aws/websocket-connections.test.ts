import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { connectionsClient } from '../../src/aws/websocket-connections.js';
import { events } from '../../src/testing/events.js';

const PACKAGE = '@aws-sdk/client-apigatewaymanagementapi';

function isInstalled(): boolean {
  try {
    require.resolve(PACKAGE);
    return true;
  } catch {
    return false;
  }
}

const environment = { ...process.env };
afterEach(() => void (process.env = { ...environment }));

describe('connectionsClient', () => {
  it("speaks to the API's own domain with its stage", () => {
    expect(connectionsClient(events.webSocket({ stage: 'dev' })).endpoint).toBe(
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev',
    );
  });

  it.each([
    ['eu-central-1', 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod'],
    ['cn-north-1', 'https://a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn/prod'],
  ])("goes round a custom domain in %s, whose base path the event doesn't tell", (region, endpoint) => {
    process.env['AWS_REGION'] = region;
    expect(connectionsClient(events.webSocket({ domainName: 'chat.example.com' })).endpoint).toBe(endpoint);
  });

  it('says what is missing for a custom domain', () => {
    delete process.env['AWS_REGION'];
    expect(() => connectionsClient(events.webSocket({ domainName: 'chat.example.com' }))).toThrow(
      'AWS_REGION is not set',
    );
  });

  it('loads nothing until it is used', async () => {
    await expect(connectionsClient('https://example.com').destroy()).resolves.toBeUndefined();
  });

  (isInstalled() ? it.skip : it)('names the package that is not installed', async () => {
    await expect(connectionsClient('https://example.com').post('c', 'x')).rejects.toThrow(`npm install ${PACKAGE}`);
  });
});

(isInstalled() ? describe : describe.skip)(
  `connectionsClient over HTTP (skipped where ${PACKAGE} is not installed)`,
  () => {
    let server: Server;
    let received: { line: string; body: Buffer }[];
    let answer: { status: number; type?: string };

    beforeEach(async () => {
      Object.assign(process.env, {
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
      });
      received = [];
      answer = { status: 200 };
      server = createServer((request, response) => {
        void buffer(request).then((body) => {
          received.push({ line: `${request.method} ${request.url}`, body });
          response
            .writeHead(answer.status, answer.type ? { 'x-amzn-errortype': answer.type } : {})
            .end(answer.type && '{"message":"no"}');
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });

    afterEach(() => new Promise((resolve) => server.close(resolve)));

    function open() {
      return connectionsClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`);
    }

    it.each([
      ['text', 'hello é', Buffer.from('hello é')],
      ['bytes', new Uint8Array([0xff, 0xfe]), Buffer.from([0xff, 0xfe])],
      ['data as JSON', { a: 1 }, Buffer.from('{"a":1}')],
    ])('posts %s to a connection', async (_, message, body) => {
      const client = open();
      await expect(client.post('abc=', message)).resolves.toBe(true);
      expect(received).toEqual([{ line: 'POST /prod/@connections/abc%3D', body }]);
      await client.destroy();
    });

    it('ends a connection', async () => {
      answer = { status: 204 };
      const client = open();
      await expect(client.close('abc')).resolves.toBe(true);
      expect(received.map(({ line }) => line)).toEqual(['DELETE /prod/@connections/abc']);
      await client.destroy();
    });

    it('tells a connection that is gone', async () => {
      answer = { status: 410, type: 'GoneException' };
      const client = open();
      await expect(client.post('abc', 'x')).resolves.toBe(false);
      await expect(client.close('abc')).resolves.toBe(false);
      await client.destroy();
    });

    it('throws what else goes wrong', async () => {
      answer = { status: 403, type: 'ForbiddenException' };
      const client = open();
      await expect(client.post('abc', 'x')).rejects.toMatchObject({ name: 'ForbiddenException' });
      await client.destroy();
    });
  },
);
