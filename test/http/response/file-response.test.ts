import { mkdtemp, mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotFoundException, RangeNotSatisfiableException } from '../../../src/errors/exceptions.js';
import { FileResponse, type FileResponseOptions } from '../../../src/http/response/file-response.js';
import { renderResponse } from '../../../src/http/response/render-response.js';
import { type AnyRenderedResponse, isStreamed } from '../../../src/http/response/rendered-response.js';
import { StreamResponse } from '../../../src/http/response/stream-response.js';
import { requestOf } from '../request-of.js';

const MODIFIED = new Date('2024-05-06T07:08:09.000Z');
const LAST_MODIFIED = 'Mon, 06 May 2024 07:08:09 GMT';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambent-files-'));
  await mkdir(join(folder, 'folder.txt'));
  for (const [name, content] of [
    ['ten.txt', '0123456789'],
    ['empty.txt', ''],
    ['data', 'x'],
    ['evil.constructor', 'x'],
    ['image.PNG', 'x'],
  ] as const) {
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), MODIFIED, MODIFIED);
  }
});

afterAll(() => rm(folder, { recursive: true }));

interface Sent {
  statusCode: number;
  headers: AnyRenderedResponse['headers'];
  text: string | null;
}

async function send(
  name: string,
  headers: Record<string, string> = {},
  method = 'GET',
  options?: FileResponseOptions,
): Promise<Sent> {
  const response = new FileResponse(join(folder, name), options);
  const rendered = await renderResponse(response, requestOf({ method, headers }));
  const text = isStreamed(rendered) ? Buffer.concat(await rendered.body.toArray()).toString() : rendered.body;
  return { statusCode: rendered.statusCode, headers: rendered.headers, text: text as string | null };
}

describe('FileResponse', () => {
  it('sends the whole file with its type, length and validators', async () => {
    const { etag, ...headers } = (await send('ten.txt')).headers;
    expect(await send('ten.txt')).toMatchObject({ statusCode: 200, text: '0123456789' });
    expect(headers).toEqual({
      'accept-ranges': 'bytes',
      'content-length': '10',
      'content-type': 'text/plain; charset=utf-8',
      'last-modified': LAST_MODIFIED,
    });
    expect(etag).toMatch(/^W\/"[^"]+"$/);
  });

  it('is a stream response', () => {
    expect(new FileResponse('x')).toBeInstanceOf(StreamResponse);
  });

  it.each([
    ['image.PNG', {}, 'image/png'],
    ['data', {}, 'application/octet-stream'],
    ['evil.constructor', {}, 'application/octet-stream'],
    ['data', { filename: 'page.html' }, 'text/html; charset=utf-8'],
    ['ten.txt', { mediaType: 'text/csv' }, 'text/csv; charset=utf-8'],
    ['ten.txt', { headers: { 'Content-Type': 'x/y' } }, 'x/y'],
  ])('tells the type of %s with %j', async (name, options, type) => {
    expect((await send(name, {}, 'GET', options)).headers['content-type']).toBe(type);
  });

  it.each([
    [{ filename: 'Maß.txt' }, 'attachment; filename="Ma_.txt"; filename*=UTF-8\'\'Ma%C3%9F.txt'],
    [{ filename: 'a.txt', inline: true }, 'inline; filename="a.txt"'],
    [{ filename: 'a.txt', headers: { 'Content-Disposition': 'mine' } }, 'mine'],
    [{}, undefined],
  ])('with %j is disposed of as %s', async (options, disposition) => {
    expect((await send('ten.txt', {}, 'GET', options)).headers['content-disposition']).toBe(disposition);
  });

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=0-999', '0123456789', 'bytes 0-9/10'],
  ])('sends the range %s', async (range, text, contentRange) => {
    const sent = await send('ten.txt', { range });
    expect(sent).toMatchObject({ statusCode: 206, text });
    expect(sent.headers).toMatchObject({ 'content-range': contentRange, 'content-length': String(text.length) });
  });

  it.each(['bytes=5-2', 'bytes=0-1,4-5', 'pages=1-2', 'bytes=x'])(
    'sends the whole file for the range %s',
    async (range) => {
      const sent = await send('ten.txt', { range });
      expect(sent).toMatchObject({ statusCode: 200, text: '0123456789' });
      expect(sent.headers).not.toHaveProperty('content-range');
    },
  );

  it.each(['bytes=999-', 'bytes=-0'])('is 416 with the size for the range %s', async (range) => {
    const error: unknown = await send('ten.txt', { range }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RangeNotSatisfiableException);
    expect(error).toMatchObject({ headers: { 'content-range': 'bytes */10' } });
  });

  it.each([
    [LAST_MODIFIED, 206],
    ['Mon, 06 May 2024 07:08:08 GMT', 200],
    ['Mon, 06 May 2024 07:08:10 GMT', 200],
    ['"some-tag"', 200],
    ['rubbish', 200],
  ])('honours the range only if it is still the file of If-Range %s', async (condition, statusCode) => {
    expect(await send('ten.txt', { range: 'bytes=0-1', 'if-range': condition })).toMatchObject({ statusCode });
  });

  it('takes its weak tag for no match in If-Range', async () => {
    const { etag } = (await send('ten.txt')).headers;
    expect(await send('ten.txt', { range: 'bytes=0-1', 'if-range': String(etag) })).toMatchObject({ statusCode: 200 });
  });

  it('is 304 where the client has the file, ranges or not', async () => {
    const { etag } = (await send('ten.txt')).headers;
    const expected = { statusCode: 304, headers: { etag }, text: null };
    await expect(send('ten.txt', { 'if-none-match': String(etag) })).resolves.toEqual(expected);
    await expect(send('ten.txt', { 'if-none-match': String(etag), range: 'bytes=0-1' })).resolves.toEqual(expected);
    await expect(send('ten.txt', { 'if-modified-since': LAST_MODIFIED })).resolves.toEqual(expected);
  });

  it('answers HEAD with the length and without a body, ranges ignored', async () => {
    const sent = await send('ten.txt', { range: 'bytes=0-1' }, 'HEAD');
    expect(sent).toMatchObject({ statusCode: 200, text: null, headers: { 'content-length': '10' } });
  });

  it('leaves ranges alone for other methods and other statuses', async () => {
    await expect(send('ten.txt', { range: 'bytes=0-1' }, 'POST')).resolves.toMatchObject({ statusCode: 200 });
    await expect(send('ten.txt', { range: 'bytes=0-1' }, 'GET', { statusCode: 404 })).resolves.toMatchObject({
      statusCode: 404,
      text: '0123456789',
    });
  });

  it('sends an empty file', async () => {
    await expect(send('empty.txt')).resolves.toMatchObject({
      statusCode: 200,
      text: null,
      headers: { 'content-length': '0' },
    });
  });

  it.each(['missing.txt', 'folder.txt', 'ten.txt/below', 'a\0b', 'x'.repeat(5000)])(
    'is 404 for %j, the path in the log only',
    async (name) => {
      const error: unknown = await send(name).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(NotFoundException);
      expect(error).toMatchObject({ detail: 'Not Found', errorDetail: `There is no file ${join(folder, name)}` });
    },
  );

  it('closes the file when the client goes away or the time is up', async () => {
    const controller = new AbortController();
    const request = requestOf({ signal: controller.signal });
    const rendered = await renderResponse(new FileResponse(join(folder, 'ten.txt')), request);
    if (!isStreamed(rendered)) throw new Error('expected a stream');
    const closed = new Promise((resolve) => rendered.body.once('close', resolve));
    controller.abort();
    await closed;
    expect(rendered.body.errored).toMatchObject({ name: 'AbortError' });
  });
});

describe('FileResponse below a root', () => {
  let root: string;

  beforeAll(async () => {
    root = join(folder, 'root');
    await mkdir(join(root, 'sub', '.hidden'), { recursive: true });
    await mkdir(join(folder, 'root-beside'));
    for (const name of [
      'root/a.txt',
      'root/sub/b.txt',
      'root/.env',
      'root/sub/.hidden/c.txt',
      'root/..a.txt',
      'root-beside/d.txt',
      'outside.txt',
    ])
      await writeFile(join(folder, name), name);
    await symlink(join(folder, 'outside.txt'), join(root, 'link.txt'));
    await symlink(folder, join(root, 'up'));
    await symlink(join(root, 'sub', 'b.txt'), join(root, 'inside.txt'));
    await symlink(join(root, '.env'), join(root, 'env.txt'));
    await symlink(root, join(folder, 'linked-root'));
  });

  const sent = async (path: string, below = root) => {
    const rendered = await renderResponse(new FileResponse(path, { root: below }), requestOf({}));
    return isStreamed(rendered) ? Buffer.concat(await rendered.body.toArray()).toString() : null;
  };

  it.each([
    ['a.txt', 'root/a.txt'],
    ['/a.txt', 'root/a.txt'],
    ['sub/b.txt', 'root/sub/b.txt'],
    ['sub/../a.txt', 'root/a.txt'],
    ['inside.txt', 'root/sub/b.txt'],
  ])('sends %s', async (path, text) => {
    expect(await sent(path)).toBe(text);
    expect(await sent(path, join(folder, 'linked-root'))).toBe(text);
  });

  it.each([
    '../outside.txt',
    '../root-beside/d.txt',
    'sub/../../outside.txt',
    '/../outside.txt',
    'link.txt',
    'up/outside.txt',
    'up/root-beside/d.txt',
    '.env',
    'env.txt',
    '..a.txt',
    'sub/.hidden/c.txt',
    'sub',
    '',
    '.',
    '..',
    '/',
    'none.txt',
    'a.txt/x',
    'a.txt\0',
    '/etc/passwd',
    '....//outside.txt',
  ])('does not send %j', async (path) => {
    await expect(sent(path)).rejects.toThrow(NotFoundException);
  });
});
