// Prints, as JSON, the files of `dist/esm` whose functions run on each of the four ways that docs/architecture.md
// describes: `node ways.mjs DIST_ESM`. V8's precise coverage counts calls, so that code which is only loaded is not listed.
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = path.resolve(process.argv[2]);
const origin = `${pathToFileURL(dist)}/`;
const session = new Session();
session.connect();
await session.post('Profiler.enable');

/** Whether a function was called; the unnamed one at the start of a file is the file itself. */
const isCalled = ({ functionName, ranges: [range] }) =>
  range.count > 0 && !(functionName === '' && range.startOffset === 0);

/** The files that have a function called while `run` runs. */
async function filesOf(run) {
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  const scripts = result.filter(({ url, functions }) => url.startsWith(origin) && functions.some(isCalled));
  return scripts.map(({ url }) => url.slice(origin.length).replace(/\.js$/, '.ts'));
}

const { Body, Controller, Get, Injectable, LambdaApplication, Module, OnSqs, Param, Post, Query } = await import(
  `${origin}index.js`
);
const { IsEmail } = await import('class-validator');

const decorate = (decorators, target, key) =>
  Reflect.decorate(decorators, target, key, key && Object.getOwnPropertyDescriptor(target, key));
const parameterTypes = (target, types, key) => Reflect.defineMetadata('design:paramtypes', types, target, key);

class Order {}
Reflect.defineMetadata('design:type', String, Order.prototype, 'email');
decorate([IsEmail()], Order.prototype, 'email');

class Orders {
  all() {
    return [];
  }
}
decorate([Injectable()], Orders);

class OrdersController {
  constructor(orders) {
    this.orders = orders;
  }

  get(id, page) {
    return { id, page };
  }

  create(order) {
    return order;
  }

  consume() {}
}
parameterTypes(OrdersController, [Orders]);
parameterTypes(OrdersController.prototype, [String, Number], 'get');
parameterTypes(OrdersController.prototype, [Order], 'create');
parameterTypes(OrdersController.prototype, [Object], 'consume');
Param('id')(OrdersController.prototype, 'get', 0);
Query('page')(OrdersController.prototype, 'get', 1);
Body()(OrdersController.prototype, 'consume', 0);
decorate([Get('/:id')], OrdersController.prototype, 'get');
decorate([Post()], OrdersController.prototype, 'create');
decorate([OnSqs('orders')], OrdersController.prototype, 'consume');
decorate([Controller('orders')], OrdersController);

class AppModule {}
decorate([Module({ controllers: [OrdersController], providers: [Orders] })], AppModule);

const context = { awsRequestId: 'request', functionName: 'orders', getRemainingTimeInMillis: () => 10_000 };

function request(method, rawPath, rawQueryString, body) {
  const domainName = 'api.execute-api.eu-west-1.amazonaws.com';
  const headers = { 'content-type': 'application/json', host: domainName };
  const http = { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' };
  const requestContext = { apiId: 'api', domainName, http, requestId: 'request', stage: '$default' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers,
    requestContext,
    body,
    isBase64Encoded: false,
  };
}

function sqs(body) {
  const eventSourceARN = 'arn:aws:sqs:eu-west-1:123456789012:orders';
  return {
    Records: [
      { messageId: 'message', body, attributes: {}, messageAttributes: {}, eventSource: 'aws:sqs', eventSourceARN },
    ],
  };
}

let application;
const bootstrap = await filesOf(async () => {
  application = await LambdaApplication.create(AppModule, { accessLog: false }).ready();
});
const email = JSON.stringify({ email: 'ada@example.com' });
const send = (event) => application.handler(event, context);
const firstPost = await filesOf(() => send(request('POST', '/orders', '', email)));

/** Everything compiled or cached by earlier events of the kind is there. */
async function warm(eventOf) {
  for (let count = 0; count < 3; count++) await send(eventOf());
  return filesOf(() => send(eventOf()));
}

const ways = {
  request: await warm(() => request('GET', '/orders/7', 'page=2')),
  record: await warm(() => sqs(email)),
  dto: [...new Set([...bootstrap, ...firstPost])],
  provider: bootstrap,
};
process.stdout.write(JSON.stringify(ways), () => process.exit(0));
