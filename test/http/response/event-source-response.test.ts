import fc from 'fast-check';
import {
  encodeEvent,
  type EventSourceContent,
  type EventSourceOptions,
  EventSourceResponse,
} from '../../../src/http/response/event-source-response.js';
import { renderResponse } from '../../../src/http/response/render-response.js';
import { isStreamed } from '../../../src/http/response/rendered-response.js';
import { gate } from '../../gate.js';
import { requestOf } from '../request-of.js';

async function open(content: unknown, options?: EventSourceOptions, signal?: AbortSignal) {
  const response = new EventSourceResponse(content as EventSourceContent, options);
  const rendered = await renderResponse(response, requestOf(signal === undefined ? {} : { signal }));
  if (!isStreamed(rendered)) throw new Error('expected a stream');
  return rendered;
}

async function textOf(content: unknown, options?: EventSourceOptions): Promise<string> {
  const { body } = await open(content, options);
  return Buffer.concat(await body.toArray()).toString();
}

/** The data lines as a client puts them together (WHATWG HTML, 9.2.6). */
function dataOf(stream: string): string {
  const lines = stream.split(/\r\n|\r|\n/).filter((line) => line.startsWith('data:'));
  return lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n');
}

async function* twoEvents() {
  yield 'one';
  yield { event: 'two', data: { n: 2 } };
}

async function* withSilence(silence: Promise<void>) {
  yield 'first';
  await silence;
  yield 'second';
}

describe('a server-sent event', () => {
  it.each([
    ['hello', 'data: hello\n\n'],
    ['', 'data: \n\n'],
    ['a\nb\r\nc\rd', 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    [{ data: { a: [1, 'x'] } }, 'data: {"a":[1,"x"]}\n\n'],
    [{ data: null }, 'data: null\n\n'],
    [{ data: 0 }, 'data: 0\n\n'],
    [{ event: 'tick', id: '7', retry: 3000, data: 'x' }, 'event: tick\nid: 7\nretry: 3000\ndata: x\n\n'],
    [{ comment: 'line 1\nline 2' }, ': line 1\n: line 2\n\n'],
    [{ id: '' }, 'id: \n\n'],
  ])('%j is written as %j', (event, text) => {
    expect(encodeEvent(event)).toBe(text);
  });

  it.each([
    [{ event: 'a\nb' }, 'The event of an event must not contain line breaks'],
    [{ id: '1\r\ndata: evil' }, 'The id of an event must not contain line breaks'],
    [{ id: 'a\0' }, 'must not contain line breaks or NUL'],
    [{ retry: -1 }, 'whole number of milliseconds, not -1'],
    [{ retry: '1\n' as unknown as number }, 'whole number of milliseconds'],
    [{ temperature: 3 }, 'not temperature: put your data into data'],
    [7, 'not 7'],
    [null, 'not null'],
  ])('%j is refused', (event, message) => {
    expect(() => encodeEvent(event)).toThrow(message);
  });

  it('gives back any text, with line breaks made one kind', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(dataOf(encodeEvent(text))).toBe(text.replace(/\r\n|\r/g, '\n'));
      }),
    );
  });
});

describe('EventSourceResponse', () => {
  it('sends events as they come, uncached', async () => {
    const { headers, statusCode } = await open(twoEvents());
    expect([statusCode, headers]).toEqual([
      200,
      { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    ]);
    await expect(textOf(twoEvents())).resolves.toBe('data: one\n\nevent: two\ndata: {"n":2}\n\n');
  });

  it('takes lists too, and can be empty', async () => {
    await expect(textOf(['a', 'b'])).resolves.toBe('data: a\n\ndata: b\n\n');
    await expect(textOf([])).resolves.toBe('');
  });

  it('fails with what its source fails with, and on an event that can not be written', async () => {
    await expect(
      textOf(
        (async function* () {
          yield 'x';
          throw new Error('source broke');
        })(),
      ),
    ).rejects.toThrow('source broke');
    await expect(textOf([{ id: 'a\nb' }])).rejects.toThrow('line breaks');
  });

  it('fills silence with comments and loses no event over it', async () => {
    const silence = gate();
    const { body } = await open(withSilence(silence.passed), { ping: 0.02 });
    let text = '';
    for await (const chunk of body) {
      text += String(chunk);
      if (text.endsWith('first\n\n: ping\n\n: ping\n\n')) silence.open();
    }
    expect(text).toMatch(/^data: first\n\n(: ping\n\n){2,}data: second\n\n$/);
  });

  it('closes its source when the time is up, while it is silent', async () => {
    const source = {
      next: () => new Promise<never>(() => {}),
      return: jest.fn(async () => ({ done: true, value: undefined })),
    };
    const controller = new AbortController();
    const { body } = await open({ [Symbol.asyncIterator]: () => source }, { ping: 60 }, controller.signal);
    const reading = body.toArray();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(source.return).toHaveBeenCalledTimes(1);
  });

  it('sends nothing to HEAD', async () => {
    const rendered = await renderResponse(new EventSourceResponse(['x']), requestOf({ method: 'HEAD' }));
    expect(rendered.body).toBeNull();
  });

  it.each([0, -1, NaN])('refuses a ping of %d', (ping) => {
    expect(() => new EventSourceResponse([], { ping })).toThrow(`not ${ping}`);
  });
});
