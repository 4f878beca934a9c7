import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { hostname } from 'node:os';
import { frontServer, type FrontServerOptions } from '../../src/cli/dev/server/front-server.js';
import { startQueues } from '../../src/local/queues/start-queues.js';
import { forKnownHosts, type HostOptions } from '../../src/local/refused-requests.js';
import { serve } from '../../src/local/serve.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Sends a request as it stands, and gives status and text of the answer. */
async function sendRaw(port: number, text: string): Promise<{ status: number; text: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.end(text);
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
  await once(socket, 'close');
  return { status: Number(received.split(' ')[1]), text: received };
}

const requestFor = (hosts: readonly string[], line = 'GET / HTTP/1.1') =>
  `${[line, ...hosts.map((host) => `Host: ${host}`), 'Connection: close'].join('\r\n')}\r\n\r\n`;

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const answering = (options: HostOptions) =>
  portOf(createServer(forKnownHosts(options, (_, response) => response.end('answered'))));

const OWN = [
  'localhost',
  'LOCALHOST',
  'localhost:3000',
  'localhost.',
  'app.localhost',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.8.8.8',
  '[::1]',
  '[::1]:3000',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
];
const FOREIGN = [
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  'evil-localhost',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io',
  '192.168.1.5',
  '0.0.0.0',
  '[::]',
  '[::2]',
  '10.0.0.1:3000',
  'localhost@evil.example',
  'evil.example#localhost',
  'evil.example/localhost',
  'localhost:x',
  'localhost:3000:3000',
  'localhost, evil.example',
  '',
  ' ',
  '[::1',
  'http://localhost',
  'löcalhost',
];

describe('a server of this machine', () => {
  it.each(OWN)('answers to its own name %j', async (host) => {
    expect(await sendRaw(await answering({ host: 'localhost' }), requestFor([host]))).toMatchObject({ status: 200 });
  });

  it.each(FOREIGN)('does not answer to %j', async (host) => {
    const { status, text } = await sendRaw(await answering({ host: 'localhost' }), requestFor([host]));
    expect([400, 403]).toContain(status);
    expect(text).not.toContain('answered');
  });

  it('says what to do', async () => {
    const { text } = await sendRaw(await answering({ host: 'localhost' }), requestFor(['evil.example:3000']));
    expect(text).toContain(
      'not for the host "evil.example:3000". Use localhost, or add the name to "allowedHosts" (--allowed-hosts)',
    );
  });

  it.each([
    ['no host', requestFor([], 'GET / HTTP/1.0')],
    ['no host, in HTTP/1.1', requestFor([])],
    ['two hosts', requestFor(['localhost', 'evil.example'])],
    ['another host in its line', requestFor(['localhost'], 'GET http://evil.example/ HTTP/1.1')],
    ['another host in its line, and a user', requestFor(['localhost'], 'GET http://localhost@evil.example/ HTTP/1.1')],
    ['its host in the line alone', requestFor(['evil.example'], 'GET http://localhost/ HTTP/1.1')],
  ])('does not answer a request with %s', async (_, text) => {
    const answer = await sendRaw(await answering({ host: 'localhost' }), text);
    expect([400, 403]).toContain(answer.status);
    expect(answer.text).not.toContain('answered');
  });

  it('answers an absolute address of its own', async () => {
    expect(
      await sendRaw(
        await answering({ host: 'localhost' }),
        requestFor(['localhost'], 'GET http://127.0.0.1:3000/ HTTP/1.1'),
      ),
    ).toMatchObject({ status: 200 });
  });

  it.each([
    [{ host: '192.168.1.5' }, ['192.168.1.5:3000', 'localhost'], ['192.168.1.6', 'evil.example']],
    [{ host: 'dev.lan' }, ['dev.lan', 'DEV.LAN:3000', 'localhost'], ['a.dev.lan', 'evil.example']],
    [{ host: '::1' }, ['[::1]', 'localhost'], ['[::2]', 'evil.example']],
    [
      { host: 'localhost', allowedHosts: ['abc.ngrok.app', '*.example.com'] },
      ['abc.ngrok.app', 'ABC.ngrok.app:443'],
      ['ngrok.app', 'x.abc.ngrok.app', 'a.example.com', 'evil.example'],
    ],
    [
      { host: '0.0.0.0' },
      ['192.168.1.5', '[fe80::1]:3000', hostname()],
      ['evil.example', `${hostname()}.evil.example`],
    ],
    [{ host: '::' }, ['10.0.0.1', '[::1]'], ['evil.example']],
  ])('answers to what was asked for: %j', async (options, own, foreign) => {
    const port = await answering(options);
    for (const host of own) expect([host, (await sendRaw(port, requestFor([host]))).status]).toEqual([host, 200]);
    for (const host of foreign) expect([host, (await sendRaw(port, requestFor([host]))).status]).toEqual([host, 403]);
  });
});

describe('pages of other sites reach nothing', () => {
  const INVOKE = 'POST /2015-03-31/functions/any/invocations HTTP/1.1';
  const SEND = 'POST / HTTP/1.1';

  it.each([
    ['a route', 'GET / HTTP/1.1'],
    ['a route, by POST', SEND],
    ['the Invoke path', INVOKE],
  ])('of serve: %s', async (_, line) => {
    const handler = jest.fn(async () => ({ statusCode: 200 }));
    const server = await serve(handler, { port: 0, host: '127.0.0.1', quiet: true });
    closing.push(() => server.close());
    const port = Number(new URL(server.url).port);
    expect(await sendRaw(port, requestFor(['evil.example'], line))).toMatchObject({ status: 403 });
    expect(handler).not.toHaveBeenCalled();
    expect(await sendRaw(port, requestFor(['localhost'], line))).toMatchObject({ status: 200 });
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-origin'],
  ])('of the Invoke path and of queues, where %s is %s', async (name, value) => {
    const handler = jest.fn(async () => null);
    const server = await serve(handler, { port: 0, host: '127.0.0.1', quiet: true });
    const queues = await startQueues({ names: ['orders'] });
    closing.push(
      () => server.close(),
      () => queues.close(),
    );
    const withHeader = (line: string) => requestFor(['localhost'], `${line}\r\n${name}: ${value}`);
    expect(await sendRaw(Number(new URL(server.url).port), withHeader(INVOKE))).toMatchObject({ status: 403 });
    expect(await sendRaw(Number(new URL(queues.endpoint).port), withHeader(SEND))).toMatchObject({ status: 400 });
    expect(handler).not.toHaveBeenCalled();
  });

  it('of queues', async () => {
    const queues = await startQueues({ names: ['orders'] });
    closing.push(() => queues.close());
    const port = Number(new URL(queues.endpoint).port);
    const sent = (host: string) =>
      sendRaw(port, requestFor([host], `${SEND}\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nContent-Length: 0`));
    expect(await sent('evil.example')).toMatchObject({ status: 403 });
    expect((await sent('127.0.0.1')).text).not.toContain('allowedHosts');
  });

  it.each(['GET / HTTP/1.1', INVOKE])('of lambent dev: %s', async (line) => {
    const reached = jest.fn();
    const pool = new Proxy({}, { get: reached }) as FrontServerOptions['pool'];
    const terminal = { log: () => undefined, error: () => undefined };
    const options = { port: 0, host: 'localhost', source: 'v2', timeout: 30 } as const;
    const events = {} as FrontServerOptions['events'];
    const port = await portOf(frontServer({ pool, events, serve: options, terminal }));
    expect(await sendRaw(port, requestFor(['evil.example'], line))).toMatchObject({ status: 403 });
    expect(reached).not.toHaveBeenCalled();
  });
});
