import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type HttpEventRequest, httpEvents } from '../../src/testing/http-events.js';
import { repository } from '../package/manifest.js';
import { type BuildProject, createBuildProject, type Outcome, send } from './project.js';

// A bundle loads what few events need with the first that does. That event must be answered like all others.

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist')))
    throw new Error('This test runs what is built: run `npm run build` first.');
  project = await createBuildProject({ app: { entry: 'src/first-use.ts', sourcemaps: false } }, {});
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

const origin = { origin: 'https://app.example.com' };
const REQUESTS: Readonly<Record<string, readonly [HttpEventRequest, Record<string, unknown>]>> = {
  'plain JSON': [{ url: '/plain' }, { statusCode: 200, body: '{"plain":true}' }],
  'HEAD of it': [
    { method: 'HEAD', url: '/plain' },
    { statusCode: 200, body: '' },
  ],
  'a cookie, through the context': [
    { url: '/cookie', headers: { cookie: 'session=s%201' } },
    { statusCode: 200, cookies: ['seen=s%201; HttpOnly'] },
  ],
  'a header of the route': [{ url: '/header' }, { statusCode: 200, headers: { 'x-kind': 'own' } }],
  'a redirect': [{ url: '/redirect' }, { statusCode: 302, headers: { location: '/plain' } }],
  bytes: [{ url: '/bytes' }, { statusCode: 200, body: '//4=', isBase64Encoded: true }],
  'a stream': [{ url: '/stream' }, { statusCode: 200 }],
  text: [{ url: '/text' }, { statusCode: 200, body: 'text' }],
  'nothing, with a status': [{ url: '/nothing' }, { statusCode: 202, body: '' }],
  'an error with headers': [{ url: '/refused' }, { statusCode: 401, headers: { 'www-authenticate': 'Bearer' } }],
  'an unknown path': [{ url: '/elsewhere' }, { statusCode: 404 }],
  'another method': [
    { method: 'PUT', url: '/plain' },
    { statusCode: 405, headers: { allow: 'GET, HEAD, OPTIONS' } },
  ],
  OPTIONS: [
    { method: 'OPTIONS', url: '/plain' },
    { statusCode: 204, headers: { allow: 'GET, HEAD, OPTIONS' } },
  ],
  'a preflight': [
    { method: 'OPTIONS', url: '/plain', headers: { ...origin, 'access-control-request-method': 'GET' } },
    { statusCode: 204 },
  ],
  'a compressed answer': [{ url: '/plain', headers: { 'accept-encoding': 'gzip' } }, { statusCode: 200 }],
  'a query with brackets': [{ url: '/query?a[0][b]=1' }, { statusCode: 200 }],
  'validation errors': [{ method: 'POST', url: '/login', payload: { email: 'secret' } }, { statusCode: 422 }],
  'a form': [{ method: 'POST', url: '/form', payload: new URLSearchParams('a=1') }, { body: '{"a":"1"}' }],
  'a multipart form': [
    {
      method: 'POST',
      url: '/form',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
    },
    { body: '{"a":"1"}' },
  ],
};

/** Without what differs from event to event. */
function comparable({ answer, log }: Outcome): unknown {
  const lines = log.map((line) => ({ ...line, date: undefined, execution_time: undefined, cold_start: undefined }));
  return { answer, lines };
}

async function expectSame(handler: string, event: unknown): Promise<Outcome> {
  const events = [event, event].map((one) => ({ handler, event: one }));
  const [first, second] = await send(join(project.bundles, 'app/first-use.mjs'), events);
  expect(comparable(first!)).toEqual(comparable(second!));
  expect(first!.log).toMatchObject([{ type: 'access', status_code: first!.answer.statusCode }]);
  return first!;
}

test.each(Object.entries(REQUESTS))('the first %s is answered like the second', async (_, [request, expected]) => {
  const event = httpEvents.apiGatewayV2(request);
  const [, { answer }] = await Promise.all([expectSame('handler', event), expectSame('bare', event)]);
  expect(answer).toMatchObject(expected);
});

test.each(['alb', 'latticeV1', 'latticeV2'] as const)('so is the first event of %s', async (source) => {
  const { answer } = await expectSame('bare', httpEvents[source]({ url: '/plain' }));
  expect(answer).toMatchObject({ statusCode: 200, body: '{"plain":true}' });
});
