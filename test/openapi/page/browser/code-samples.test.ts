import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { type ApiRequest, curlSample, fetchSample } from '../../../../src/openapi/page/browser/code-samples.js';

function request(given: Partial<ApiRequest> = {}): ApiRequest {
  return { method: 'GET', url: new URL('https://api.test/a'), headers: [], cookies: [], takesCookies: false, ...given };
}

/** What a shell hands to curl for a sample. */
function argumentsOf(sample: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${sample}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** What JavaScript hands to `fetch` for a sample. */
async function fetched(sample: string): Promise<{ url: string; init: RequestInit }> {
  const calls: { url: string; init: RequestInit }[] = [];
  const stub = (url: string, init: RequestInit = {}) => {
    calls.push({ url, init });
    return { status: 200, text: () => '' };
  };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await (AsyncFunction('fetch', 'console', sample) as (...given: unknown[]) => Promise<void>)(stub, { log: () => {} });
  return calls[0]!;
}

/** Text that quoting can go wrong for. A shell's words and the environment hold no NUL. */
const hostile = fc.oneof(
  fc.string({ minLength: 1 }).map((text) => text.replaceAll('\0', '')),
  fc.constantFrom(
    `it's`,
    `'; rm -rf ~; '`,
    '$(id)',
    '`id`',
    '"',
    '\\',
    '!',
    '\n',
    '${x}',
    '@file',
    '-H',
    `'\\''`,
    '\u2028',
  ),
);
const whole = fc.array(hostile, { minLength: 1 }).map((parts) => parts.join(''));

test('a shell hands every value to curl as it is', () => {
  fc.assert(
    fc.property(whole, whole, whole, (header, password, body) => {
      const sample = curlSample(
        request({
          method: 'POST',
          headers: [['X-A', header]],
          basic: `ada:${password}`,
          cookies: [['c', header]],
          body,
        }),
      );
      expect(argumentsOf(sample)).toEqual([
        '-X',
        'POST',
        'https://api.test/a',
        '-u',
        `ada:${password}`,
        '-H',
        header === '' ? 'X-A;' : `X-A: ${header}`,
        '-b',
        `c=${header}`,
        '--data-raw',
        body,
      ]);
    }),
    { numRuns: 60 },
  );
});

test('JavaScript hands every value to fetch as it is', async () => {
  await fc.assert(
    fc.asyncProperty(whole, whole, async (header, body) => {
      const sample = fetchSample(request({ method: 'PUT', headers: [['X-A', header]], body }));
      expect(await fetched(sample)).toEqual({
        url: 'https://api.test/a',
        init: { method: 'PUT', headers: { 'X-A': header }, body },
      });
    }),
  );
});

test('a JSON body is an object in JavaScript, and means the same', async () => {
  const sample = fetchSample(request({ method: 'POST', body: '{"a": [1, "it\'s"]}' }));
  expect(sample).toContain('body: JSON.stringify({\n    "a": [');
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const body = JSON.stringify(value);
      const { init } = await fetched(fetchSample(request({ body })));
      // Not the value itself: JSON has no -0.
      expect(JSON.parse(init.body as string)).toEqual(JSON.parse(body));
    }),
  );
});

test.each(['{"__proto__": {"a": 1}}', '{"a": 12345678901234567890}', '{"a": 1e999}', '{"a": ', 'text'])(
  'the body %s stays text in JavaScript, where an object would say something else',
  async (body) => {
    expect((await fetched(fetchSample(request({ body })))).init.body).toBe(body);
  },
);

test('files are read from where the command runs, and text is never read as the name of a file', () => {
  const body = new FormData();
  body.append('note', '@/etc/passwd');
  body.append('photo', new File([''], 'a "b";c.png'));
  expect(argumentsOf(curlSample(request({ method: 'POST', body })))).toEqual([
    '-X',
    'POST',
    'https://api.test/a',
    '--form-string',
    'note=@/etc/passwd',
    '-F',
    'photo=@"a \\"b\\";c.png"',
  ]);
});

test('a form is rebuilt in JavaScript', async () => {
  const body = new FormData();
  body.append('note', `it's`);
  body.append('photo', new File([''], 'a.png'));
  const { init } = await fetched(fetchSample(request({ method: 'POST', body })));
  const sent = init.body as FormData;
  expect([sent.get('note'), (sent.get('photo') as File).name]).toEqual([`it's`, 'a.png']);
});

test.each<[string, Partial<ApiRequest>, string[]]>([
  ['a HEAD request ends after the headers', { method: 'HEAD' }, ['--head', 'https://api.test/a']],
  ['brackets are no patterns', { url: new URL('https://api.test/[1-9]') }, ['-g', 'https://api.test/[1-9]']],
  ['an empty header is sent', { headers: [['X-A', '']] }, ['https://api.test/a', '-H', 'X-A;']],
  [
    'a form is encoded',
    { method: 'POST', body: new URLSearchParams({ a: '1 & 2' }) },
    ['-X', 'POST', 'https://api.test/a', '--data-raw', 'a=1+%26+2'],
  ],
  ['a GET with a body stays one', { body: 'x' }, ['-X', 'GET', 'https://api.test/a', '--data-raw', 'x']],
])('%s', (_name, given, expected) => {
  expect(argumentsOf(curlSample(request(given)))).toEqual(expected);
});

test('basic credentials are encoded in JavaScript', async () => {
  const { init } = await fetched(fetchSample(request({ basic: 'USERNAME:PASSWORD' })));
  expect(init.headers).toEqual({ Authorization: `Basic ${btoa('USERNAME:PASSWORD')}` });
});
