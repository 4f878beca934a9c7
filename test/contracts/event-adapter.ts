import type { HttpEventAdapter } from '../../src/contracts/event-adapter.js';
import { BadRequestException } from '../../src/errors/exceptions.js';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import { recordOf } from '../../src/http/request/query.js';
import type { RequestSource } from '../../src/http/request/request-source.js';
import type { RenderedResponse } from '../../src/http/response/rendered-response.js';
import type { RequestSample } from '../../src/samples/request.js';

/** One source, and what its gateway does to a request before we see it. */
export interface EventAdapterSubject {
  name: string;
  adapter: HttpEventAdapter;
  sample: (request: RequestSample) => unknown;
  /** What arrives of a header that was sent twice. */
  repeatedHeaders: 'apart' | 'joined' | 'joined with spaces' | 'last';
  /** What arrives of a query parameter that was sent twice. */
  repeatedQuery: 'all' | 'last';
  /** Whether the gateway turns `%2F` in a path into a slash before we see it. */
  decodesPath: boolean;
  /** Whether the gateway decodes the query before we see it. */
  decodesQuery: boolean;
  hasRequestId: boolean;
  /** Bytes of a whole answer. */
  responseLimit: number;
  /** The `Set-Cookie` values that the gateway would send for a result. */
  cookiesOf: (result: unknown) => string[];
  /** The header lines that the gateway would send for a result, by lower-case name. */
  headersOf: (result: unknown) => Record<string, string[]>;
}

const answer: RenderedResponse = {
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: '{"ok":true}',
};

function linesOf(source: RequestSource, name: string): string[] {
  return Array.from(source.headerPairs()).flatMap(([header, value]) => (header === name ? [value] : []));
}

/** What every HTTP source must do; called once a source. */
export function describeEventAdapter(subject: EventAdapterSubject): void {
  const { adapter, sample } = subject;

  /** The event travels as JSON, as it does to Lambda. */
  function eventOf(request: RequestSample): unknown {
    return JSON.parse(JSON.stringify(sample(request)));
  }

  function decode(request: RequestSample): RequestSource {
    return adapter.decode(eventOf(request), {});
  }

  function queryOf(url: string): unknown {
    return { ...recordOf(decode({ url }).queryPairs()) };
  }

  describe(`the event adapter of ${subject.name}`, () => {
    it('is the one that takes its own events', () => {
      expect(detectHttpAdapter(eventOf({ url: '/orders' }))).toBe(adapter);
    });

    describe('method and path', () => {
      it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])('reads %s', (method) => {
        expect(decode({ method }).method).toBe(method);
      });

      it.each(['/', '/orders', '/orders/', '/orders/42/lines', '//double', "/a;b=c,d@e:f!$&'()*+~-_."])(
        'leaves %s as it is',
        (path) => expect(decode({ url: path }).path).toBe(path),
      );

      it.each([
        ['/caf%C3%A9', 'café'],
        ['/two%20words', 'two words'],
        ['/100%25', '100%'],
        ['/%252F', '%2F'],
        ['/a%3Fb%23c', 'a?b#c'],
        ['/%F0%9F%8D%8B', '🍋'],
      ])('has %s encoded, so that it decodes to %s once', (path, decoded) => {
        const source = decode({ url: path });
        expect(source.path).toBe(path);
        expect(decodeURIComponent(source.path.slice(1))).toBe(decoded);
      });

      it('keeps an encoded slash wherever the gateway does', () => {
        expect(decode({ url: '/p/a%2Fb' }).path).toBe(subject.decodesPath ? '/p/a/b' : '/p/a%2Fb');
      });

      it('takes the base path off at the boundary of a segment', () => {
        const paths = ['/v1/orders', '/v1', '/v1/', '/v10/orders', '/orders/v1'].map(
          (url) => adapter.decode(eventOf({ url }), { basePath: '/v1' }).path,
        );
        expect(paths).toEqual(['/orders', '/', '/', '/v10/orders', '/orders/v1']);
      });
    });

    describe('query', () => {
      it('is empty without one', () => {
        expect(queryOf('/')).toEqual({});
        expect(decode({ url: '/' }).queryString()).toBe('');
      });

      it('has empty values, with and without an equals sign', () => {
        expect(queryOf('/?x=&flag')).toEqual({ x: '', flag: '' });
      });

      it('decodes names and values once', () => {
        expect(queryOf('/?q=caf%C3%A9%20au+lait&a%5B%5D=%252F&plus=%2B')).toEqual({
          q: 'café au lait',
          a: ['%2F'],
          plus: '+',
        });
      });

      it('keeps commas, ampersands and equals signs inside values', () => {
        expect(queryOf('/?list=a,b&url=x%26y%3Dz&expr=a=b')).toEqual({ list: 'a,b', url: 'x&y=z', expr: 'a=b' });
      });

      it('has repeated values in order, as far as the gateway sends them', () => {
        expect(queryOf('/?tag=b&tag=a,c&tag=b')).toEqual({
          tag: subject.repeatedQuery === 'all' ? ['b', 'a,c', 'b'] : 'b',
        });
      });

      it('has names that objects inherit', () => {
        const pairs = Array.from(decode({ url: '/?constructor=1&__proto__=2&toString=3' }).queryPairs());
        expect(pairs).toEqual([
          ['constructor', '1'],
          ['__proto__', '2'],
          ['toString', '3'],
        ]);
      });

      it('can be written as a query string again', () => {
        const source = decode({ url: '/?q=a%26b&limit=2&name=%C3%A9' });
        expect(source.queryString()).toBe('q=a%26b&limit=2&name=%C3%A9');
      });

      it('refuses malformed percent-encoding where decoding is ours', () => {
        if (subject.decodesQuery) expect(queryOf('/?q=%zz')).toEqual({ q: '%zz' });
        else expect(() => queryOf('/?q=%zz')).toThrow(BadRequestException);
      });
    });

    describe('headers', () => {
      it('have lower-case names whatever the client sends', () => {
        const source = decode({ headers: { 'X-Tenant': 'acme', 'content-TYPE': 'text/plain' } });
        expect(Object.fromEntries(source.headerPairs())).toMatchObject({
          'x-tenant': 'acme',
          'content-type': 'text/plain',
        });
        expect([source.header('x-tenant'), source.header('content-type')]).toEqual(['acme', 'text/plain']);
      });

      it('have repeated values as the gateway sends them', () => {
        const source = decode({ headers: { 'X-Tag': ['abc', 'a'] } });
        const lines = { apart: ['abc', 'a'], joined: ['abc,a'], 'joined with spaces': ['abc, a'], last: ['a'] }[
          subject.repeatedHeaders
        ];
        expect(linesOf(source, 'x-tag')).toEqual(lines);
        expect(source.header('x-tag')).toBe(lines.join(', '));
      });

      it('do not split a value with commas', () => {
        const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
        expect(linesOf(decode({ headers: { 'If-Modified-Since': date } }), 'if-modified-since')).toEqual([date]);
      });

      it('keep what is not ASCII', () => {
        expect(decode({ headers: { 'X-Name': 'José 🍋' } }).header('x-name')).toBe('José 🍋');
      });

      it('return nothing for headers that were not sent, including inherited names', () => {
        const source = decode({});
        expect(['x-none', 'constructor', '__proto__', 'toString'].map((name) => source.header(name))).toEqual([
          undefined,
          undefined,
          undefined,
          undefined,
        ]);
      });

      it.each([null, undefined])('and query may be %s', (nothing) => {
        const maps = { headers: nothing, multiValueHeaders: nothing, cookies: nothing };
        const queries = {
          queryStringParameters: nothing,
          query_string_parameters: nothing,
          multiValueQueryStringParameters: nothing,
          rawQueryString: nothing,
        };
        const source = adapter.decode({ ...(eventOf({ url: '/x' }) as object), ...maps, ...queries }, {});
        expect([Array.from(source.headerPairs()), source.header('accept'), source.header('cookie')]).toEqual([
          [],
          undefined,
          undefined,
        ]);
        expect([Array.from(source.queryPairs()), source.queryString(), source.path]).toEqual([[], '', '/x']);
      });
    });

    describe('cookies', () => {
      it('are one cookie header', () => {
        const source = decode({ headers: { Cookie: 'a=1; b=2=3' } });
        expect(source.header('cookie')).toBe('a=1; b=2=3');
        expect(linesOf(source, 'cookie')).toEqual(['a=1; b=2=3']);
      });

      it('survive without a meaning', () => {
        expect(decode({ headers: { cookie: '%E0%A4%A; =; x' } }).header('cookie')).toBe('%E0%A4%A; =; x');
      });

      it('are none when none were sent', () => {
        expect([decode({}).header('cookie'), linesOf(decode({}), 'cookie')]).toEqual([undefined, []]);
      });
    });

    describe('bodies', () => {
      it('of text arrive as text and as its bytes', () => {
        const source = decode({ method: 'POST', body: '{"name":"café"}' });
        expect(source.text()).toBe('{"name":"café"}');
        expect(source.body()).toEqual(Buffer.from('{"name":"café"}'));
        expect(source.isText()).toBe(true);
      });

      it('of bytes arrive byte for byte', () => {
        const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
        const source = decode({ method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes });
        expect(source.body()).toEqual(bytes);
        expect(source.isText()).toBe(false);
      });

      it('of bytes arrive byte for byte whatever their type claims', () => {
        const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
        expect(decode({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: bytes }).body()).toEqual(
          bytes,
        );
      });

      it('of JSON bytes arrive as text', () => {
        const source = decode({
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: Buffer.from('{"a":"é"}'),
        });
        expect(source.text()).toBe('{"a":"é"}');
      });

      it('that are base64-encoded text decode to it', () => {
        const body = Buffer.from('name=Ada&x=%20');
        const source = decode({
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body,
        });
        expect(source.text()).toBe('name=Ada&x=%20');
      });

      it.each([[undefined], [null], [''], [new Uint8Array()]])('are null for no body: %j', (body) => {
        const source = decode({ method: 'POST', body });
        expect([source.body(), source.text()]).toEqual([null, null]);
      });

      it.each(['GET', 'PATCH', 'DELETE'])('come with %s as well', (method) => {
        expect(decode({ method, body: 'x' }).text()).toBe('x');
      });
    });

    describe('the caller', () => {
      it('is the address that the gateway saw, not one that the client claims', () => {
        expect(decode({ ip: '198.51.100.7', headers: { 'x-forwarded-for': '10.0.0.1' } }).ip).toBe('198.51.100.7');
      });

      it('gets an id from the gateways that give one', () => {
        expect(typeof decode({}).id).toBe(subject.hasRequestId ? 'string' : 'undefined');
      });
    });

    describe('responses', () => {
      const event = eventOf({});

      function encode(change: Partial<RenderedResponse>): Record<string, unknown> {
        return adapter.encode({ ...answer, ...change }, event) as Record<string, unknown>;
      }

      it('carry status, headers and text', () => {
        const result = encode({ statusCode: 201 });
        expect(result).toMatchObject({ statusCode: 201, body: '{"ok":true}', isBase64Encoded: false });
        expect(subject.headersOf(result)).toEqual({ 'content-type': ['application/json'] });
      });

      it('carry bytes base64-encoded, of the part of a buffer that was given', () => {
        const bytes = new Uint8Array([0, 0xff, 0xfe, 0x00, 0x80, 0]).subarray(1, 5);
        expect(encode({ body: bytes })).toMatchObject({ body: '//4AgA==', isBase64Encoded: true });
      });

      it('have an empty body for 204', () => {
        const result = encode({ statusCode: 204, headers: {}, body: null });
        expect(result).toMatchObject({ statusCode: 204, body: '', isBase64Encoded: false });
        expect(subject.headersOf(result)).toEqual({});
      });

      it('may be as long as the gateway allows', () => expect(adapter.responseLimit).toBe(subject.responseLimit));

      it('set every cookie', () => {
        const cookies = ['a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Path=/', 'b=2; HttpOnly', 'c=3'];
        expect(subject.cookiesOf(encode({ cookies }))).toEqual(cookies);
        expect(subject.cookiesOf(encode({ cookies: cookies.slice(0, 1) }))).toEqual(cookies.slice(0, 1));
        expect(subject.cookiesOf(encode({}))).toEqual([]);
      });

      it('send a header with several lines', () => {
        const { link } = subject.headersOf(encode({ headers: { link: ['</a>; rel="prev"', '</b>; rel="next"'] } }));
        expect(link?.join(', ')).toBe('</a>; rel="prev", </b>; rel="next"');
      });

      it('keep Latin-1 in header values', () => {
        expect(subject.headersOf(encode({ headers: { 'x-name': 'José\t!' } }))).toEqual({ 'x-name': ['José\t!'] });
      });
    });
  });
}
