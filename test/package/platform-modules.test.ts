import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './manifest.js';

const lambent = pathToFileURL(join(repository, 'dist/esm/index.js')).href;

/**
 * Answers data, text, bytes and a stream of its own, and prints which of Node's modules for the web are loaded by then.
 */
const PROGRAM = `
  const before = new Set(process.moduleLoadList);
  const { Controller, Get, Header, LambdaApplication, Module } = await import(${JSON.stringify(lambent)});
  class Answers {
    data() { return { a: new Date(0) }; }
    text() { return 'a'; }
    bytes() { return Buffer.from('a'); }
    stream() { return (async function* () { yield 'a'; })(); }
    error() { throw { statusCode: 410, message: 'Gone' }; }
  }
  const names = ['data', 'text', 'bytes', 'stream', 'error'];
  for (const name of names) Get(name)(Answers.prototype, name, Object.getOwnPropertyDescriptor(Answers.prototype, name));
  Header('content-type', 'text/csv')(Answers.prototype, 'text', Object.getOwnPropertyDescriptor(Answers.prototype, 'text'));
  Controller()(Answers);
  class AppModule {}
  Module({ controllers: [Answers] })(AppModule);
  const { handler } = LambdaApplication.create(AppModule, { accessLog: false });
  const statuses = [];
  for (const name of names) {
    const http = { method: 'GET', path: '/' + name, sourceIp: '192.0.2.1' };
    const requestContext = { http, stage: '$default', requestId: name };
    const event = { version: '2.0', routeKey: '$default', rawPath: '/' + name, rawQueryString: '', headers: {}, requestContext, isBase64Encoded: false };
    statuses.push((await handler(event, {})).statusCode);
  }
  console.log(JSON.stringify({ statuses, loaded: process.moduleLoadList.filter((name) => !before.has(name) && /undici|webstreams[/]readablestream/.test(name)) }));
`;

test('nothing of fetch or of the streams of the web is loaded for answers that are none of theirs', () => {
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect(JSON.parse(printed)).toEqual({ statuses: [200, 200, 200, 200, 410], loaded: [] });
});

const auth = pathToFileURL(join(repository, 'dist/esm/auth/index.js')).href;

/** Answers a caller whom a gateway has authenticated, and prints whether `node:crypto` is loaded by then. */
const GUARDED = `
  const before = new Set(process.moduleLoadList);
  const { Controller, Get, LambdaApplication, Module } = await import(${JSON.stringify(lambent)});
  const { Authenticated, GatewayAuthModule } = await import(${JSON.stringify(auth)});
  class Orders {
    list() { return []; }
  }
  Get('orders')(Orders.prototype, 'list', Object.getOwnPropertyDescriptor(Orders.prototype, 'list'));
  Authenticated()(Orders);
  Controller()(Orders);
  class AppModule {}
  Module({ imports: [GatewayAuthModule.forRoot({ authorizers: ['jwt'] })], controllers: [Orders] })(AppModule);
  const { handler } = LambdaApplication.create(AppModule, { accessLog: false });
  const requestContext = { requestId: 'a', http: { method: 'GET' }, authorizer: { jwt: { claims: { sub: 'ann' } } } };
  const { statusCode } = await handler({ version: '2.0', rawPath: '/orders', headers: {}, requestContext }, {});
  console.log(JSON.stringify({ statusCode, loaded: process.moduleLoadList.filter((name) => !before.has(name) && /crypto/.test(name)) }));
`;

test('guards that compare no keys and verify no tokens do not load node:crypto, which takes milliseconds', () => {
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', GUARDED], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect(JSON.parse(printed)).toEqual({ statusCode: 200, loaded: [] });
});
