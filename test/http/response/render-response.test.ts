import { PassThrough, Readable } from 'node:stream';
import { JsonResponse } from '../../../src/http/response/json-response.js';
import { renderResponse } from '../../../src/http/response/render-response.js';
import { isStreamed, type StreamedResponse } from '../../../src/http/response/rendered-response.js';
import { Response } from '../../../src/http/response/response.js';
import { StreamResponse } from '../../../src/http/response/stream-response.js';
import { requestOf } from '../request-of.js';

async function streamed(response: StreamResponse<never>, parts = {}): Promise<StreamedResponse> {
  const rendered = await renderResponse(response, requestOf(parts));
  if (!isStreamed(rendered)) throw new Error('expected a stream');
  return rendered;
}

class CsvResponse extends Response<string[][]> {
  override mediaType = 'text/csv';
  override render(rows: string[][]): string {
    return rows.map((row) => row.join(',')).join('\n');
  }
}

describe('rendering a response', () => {
  it('is done at once where the body is there', () => {
    expect(renderResponse(new Response({ a: 1 }), requestOf())).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: '{"a":1}',
    });
  });

  it('uses the render method and the media type of a subclass', () => {
    expect(
      renderResponse(
        new CsvResponse([
          ['a', 'b'],
          ['1', '2'],
        ]),
        requestOf(),
      ),
    ).toMatchObject({
      headers: { 'content-type': 'text/csv; charset=utf-8' },
      body: 'a,b\n1,2',
    });
  });

  it('keeps bytes as they are', () => {
    const bytes = new Uint8Array([255, 254, 0]);
    expect(renderResponse(new Response(bytes), requestOf())).toMatchObject({ body: bytes });
  });

  it('serialises with the JSON of the application', () => {
    const json = { ...JSON, parse: JSON.parse, stringify: () => '"mine"' };
    expect(renderResponse(new Response({}), requestOf(), { json })).toMatchObject({ body: '"mine"' });
    expect(renderResponse(new JsonResponse('x'), requestOf(), { json })).toMatchObject({ body: '"mine"' });
  });

  it.each([
    ['text', 'x', '"x"'],
    ['null', null, 'null'],
    ['false', false, 'false'],
    ['undefined', undefined, null],
  ])('sends %s of a JsonResponse as JSON', (_what, content, body) => {
    expect(renderResponse(new JsonResponse<unknown>(content), requestOf())).toMatchObject({ body });
  });

  it('sends no body with 204, nor leaves a stream open behind it', async () => {
    const source = new PassThrough();
    expect(renderResponse(new Response('x', { statusCode: 204 }), requestOf())).toMatchObject({
      body: null,
      headers: {},
    });
    expect(renderResponse(new StreamResponse(source, { statusCode: 204 }), requestOf())).toMatchObject({ body: null });
    expect(source.destroyed).toBe(true);
  });

  it('refuses a header that opening has brought, and closes what was opened', async () => {
    const body = new PassThrough();
    class Evil extends StreamResponse<null> {
      override open() {
        return { headers: { 'x-evil': 'a\r\nb' }, body };
      }
    }
    expect(() => renderResponse(new Evil(null), requestOf())).toThrow('"x-evil" has the character U+000D');
    expect(body.destroyed).toBe(true);
  });

  it('sends no body to HEAD and closes the source', async () => {
    const source = new PassThrough();
    const rendered = await renderResponse(new StreamResponse(source), requestOf({ method: 'HEAD' }));
    expect(rendered).toMatchObject({ statusCode: 200, body: null });
    expect(source.destroyed).toBe(true);
  });

  it('destroys the source when the time is up, even while it waits for something', async () => {
    const forever = new Promise<never>(() => {});
    let closed = false;
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => forever,
        return: async () => {
          closed = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const controller = new AbortController();
    const rendering = streamed(new StreamResponse<never>(source as never), { signal: controller.signal });
    controller.abort();
    await expect(rendering).rejects.toMatchObject({ name: 'AbortError' });
    expect(closed).toBe(true);
  });

  it('waits for the first chunk, and fails with what a stream fails with before that', async () => {
    const source = new Readable({ read() {} });
    const rendering = streamed(new StreamResponse<never>(source as never));
    source.destroy(new Error('too early'));
    await expect(rendering).rejects.toThrow('too early');
  });

  it('reports an error that came before anyone read, instead of ending the process', async () => {
    const source = new Readable({ read() {} });
    source.push('one');
    const { body } = await streamed(new StreamResponse<never>(source as never));
    source.destroy(new Error('midway'));
    await new Promise(setImmediate);
    await expect(body.toArray()).rejects.toThrow('midway');
  });

  it.each(['text/event-stream', 'Text/Event-Stream; charset=utf-8'])('waits for no event of %s', async (mediaType) => {
    const { headers } = await streamed(new StreamResponse<never>(new PassThrough() as never, { mediaType }));
    expect(headers['content-type']).toMatch(/event-stream/i);
  });

  it('destroys the stream when the request was aborted before', async () => {
    const source = new PassThrough();
    await expect(
      streamed(new StreamResponse<never>(source as never), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(source.errored).toMatchObject({ name: 'AbortError' });
  });

  it('answers 304 to a stream that has the tag of the client, and destroys it', async () => {
    const source = new PassThrough();
    const response = new StreamResponse(source, { headers: { ETag: '"v1"' } });
    const rendered = await renderResponse(response, requestOf({ headers: { 'if-none-match': 'W/"v1"' } }));
    expect(rendered).toEqual({ statusCode: 304, headers: { etag: '"v1"' }, cookies: [], body: null });
    expect(source.destroyed).toBe(true);
  });
});
