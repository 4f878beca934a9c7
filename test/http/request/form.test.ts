import { Busboy } from '@fastify/busboy';
import fc from 'fast-check';
import { HttpException } from '../../../src/errors/http-exception.js';
import type { FormFields } from '../../../src/http/request/form-file.js';
import { formOf } from '../../../src/http/request/form.js';
import { readMultipart } from '../../../src/http/request/multipart.js';
import { checkUploadOptions, uploadLimits, type UploadOptions } from '../../../src/http/request/upload-options.js';
import { requestOf } from '../request-of.js';

const MULTIPART = 'multipart/form-data; boundary=XX';
const URLENCODED = 'application/x-www-form-urlencoded';

function part(disposition: string, content: string, ...headers: string[]): string {
  return ['--XX', `Content-Disposition: form-data; ${disposition}`, ...headers, '', content, ''].join('\r\n');
}

function bodyOf(...parts: string[]): string {
  return `${parts.join('')}--XX--\r\n`;
}

async function read(
  body: string | Buffer | null,
  options?: UploadOptions,
  contentType = MULTIPART,
): Promise<FormFields> {
  const headers: Record<string, string> = contentType === '' ? {} : { 'content-type': contentType };
  return formOf(requestOf({ method: 'POST', headers, body }), options);
}

async function failure(form: Promise<unknown>): Promise<[number, unknown]> {
  const error = await form.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpException)) throw new Error(`expected an HttpException, got ${String(error)}`);
  return [error.statusCode, error.detail];
}

describe('a URL-encoded form', () => {
  it('is read at once, repeated names as arrays, plus signs as spaces', () => {
    const request = requestOf({
      headers: { 'content-type': `${URLENCODED}; charset=UTF-8` },
      body: 'a=1&b=x+y&a=%C3%A9&c',
    });
    expect(formOf(request)).toEqual({ fields: { a: ['1', 'é'], b: 'x y', c: '' }, files: [] });
  });

  it('has no inherited fields, whatever it is called', async () => {
    const { fields } = await read('__proto__=x&constructor=y', {}, URLENCODED);
    expect(fields['toString']).toBeUndefined();
    expect(Object.entries(fields)).toEqual([['constructor', 'y']]);
  });

  it('is 400 when its percent-encoding is malformed', async () => {
    await expect(failure(read('a=%zz', {}, URLENCODED))).resolves.toEqual([
      400,
      expect.stringContaining('percent-encoding'),
    ]);
  });

  it('is 413 over the number of fields and over the size of one', async () => {
    await expect(failure(read('a=1&b=2&c=3', { fields: 2 }, URLENCODED))).resolves.toEqual([
      413,
      'The form has more than 2 fields',
    ]);
    await expect(failure(read('name=%C3%A9%C3%A9', { fieldSize: 3 }, URLENCODED))).resolves.toEqual([
      413,
      'The field "name" has more than 3 bytes',
    ]);
  });
});

/** A body of one part with a charset. */
function typed(charset: string, bytes: Buffer, head = 'name="a"'): Buffer {
  return Buffer.concat([
    Buffer.from(
      `--XX\r\nContent-Disposition: form-data; ${head}\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n--XX--\r\n'),
  ]);
}

describe('a multipart form', () => {
  it('gives fields and files with their names, types and bytes', async () => {
    const body = bodyOf(
      part('name="title"', 'Grüße'),
      part('name="tag"', 'a'),
      part('name="tag"', 'b'),
      part('name="doc"; filename="notes.TXT"', 'line 1\r\nline 2', 'Content-Type: Text/Plain'),
    );
    const { fields, files } = await read(body);
    expect(fields).toEqual({ title: 'Grüße', tag: ['a', 'b'] });
    expect(files).toHaveLength(1);
    expect(files[0]).toMatchObject({ fieldName: 'doc', filename: 'notes.TXT', mediaType: 'text/plain', size: 14 });
    expect(files[0]?.text()).toBe('line 1\r\nline 2');
  });

  it('keeps every byte of a binary file that is larger than a stream buffer', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
    const body = Buffer.concat([
      Buffer.from('--XX\r\nContent-Disposition: form-data; name="f"; filename="a.bin"\r\n\r\n'),
      content,
      Buffer.from('\r\n--XX--\r\n'),
    ]);
    const { files } = await read(body);
    expect(files[0]?.content.equals(content)).toBe(true);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['/abs/name.txt', 'name.txt'],
    ['naïve-файл.txt', 'naïve-файл.txt'],
    ['..', ''],
    ['a\u0000b.txt', 'ab.txt'],
  ])('turns the file name %j into %j', async (sent, expected) => {
    const { files } = await read(bodyOf(part(`name="f"; filename="${sent}"`, 'x')));
    expect(files.map(({ filename }) => filename)).toEqual([expected]);
  });

  it.each([
    ['filename="plain.txt"; filename*=UTF-8\'\'na%C3%AFve.txt', 'naïve.txt'],
    ['filename*=UTF-8\'\'na%C3%AFve.txt; filename="plain.txt"', 'naïve.txt'],
    ["FileName*=utf-8'de'na%C3%AFve.txt", 'naïve.txt'],
    ['filename*="UTF-8\'\'na%C3%AFve.txt"', 'naïve.txt'],
    ["filename=a.txt; filename*=ISO-8859-1''na%EFve.txt", 'naïve.txt'],
    ['filename="plain.txt"; filename*=klingon\'\'x.txt', 'plain.txt'],
    ['filename="plain.txt"; filename*=UTF-8\'\'broken%zz.txt', 'plain.txt'],
    ['filename="plain.txt"; filename*=UTF-8\'\'', ''],
    ["filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", 'passwd'],
    ["filename*=UTF-8''a%0D%0AX-Evil%3A%201.txt", 'aX-Evil: 1.txt'],
    ["filename*=UTF-8''a%00b%22c.txt", 'ab"c.txt'],
    ['filename="say %22hi%22.txt"', 'say "hi".txt'],
    ['filename="say \\"hi\\".txt"', 'say "hi".txt'],
    ['filename="a%0D%0Ab.txt"', 'ab.txt'],
    ['filename="100%25.txt"', '100%25.txt'],
    ['filename="a;b=c%22; filename=d.txt"', 'a;b=c"; filename=d.txt'],
    ['filename="Größe%22.txt"', 'Größe".txt'],
    ['filename="C:\\dir\\100%.txt"', '100%.txt'],
    ['filename="a*.txt"', 'a*.txt'],
  ])('reads %s as clients mean it', async (disposition, expected) => {
    const { files, fields } = await read(
      bodyOf(part('name="x"', '1'), part(`name="f"; ${disposition}`, 'x'), part('name="y"', '2%22*')),
    );
    expect(files.map(({ fieldName, filename, size }) => [fieldName, filename, size])).toEqual([['f', expected, 1]]);
    expect(fields).toEqual({ x: '1', y: '2%22*' });
  });

  it('reads the name of a field as clients mean it, and leaves contents alone', async () => {
    const fake = 'Content-Disposition: form-data; name="%22"\r\n\r\n--X*%22\r\nx--XX\r\n%22';
    const { fields } = await read(
      bodyOf(part('name="a%22b"', '%22'), part('name="ü%22"', fake), part('name="plain"', '%0D%0A')),
    );
    expect(fields).toEqual({ 'a"b': '%22', 'ü"': fake, plain: '%0D%0A' });
  });

  it('has the bytes of files whatever is in them and their names, however they are cut', async () => {
    const disposition = fc.constantFrom(
      'name="f"; filename="a"',
      'name="f"; filename="%22"',
      'name="f"; filename*=UTF-8\'\'a%22',
      'name="%22"; filename="x"; filename*=utf-8\'\'y',
    );
    const content = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        'a--XX',
        '\r\n\r\n',
        '\r\n--X',
        '%22',
        'Content-Disposition: form-data; name="%22"\r\n\r\n',
        'x'.repeat(300_000),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(disposition, content), { maxLength: 5 }), async (parts) => {
        const { files } = await read(bodyOf(...parts.map(([head, text]) => part(head, text))));
        expect(files.map((file) => file.text())).toEqual(parts.map(([, text]) => Buffer.from(text).toString()));
      }),
      { numRuns: 200 },
    );
  });

  it('has fields of the charset that their part says, or is 415', async () => {
    const text = 'Grüße';
    for (const [charset, bytes] of [
      ['utf-8', Buffer.from(text)],
      ['ISO-8859-1', Buffer.from(text, 'latin1')],
      ['"utf-16le"', Buffer.from(text, 'utf16le')],
    ] as const) {
      await expect(read(typed(charset, bytes))).resolves.toMatchObject({ fields: { a: text } });
    }
    for (const charset of ['klingon', 'utf-7', 'utf-16', 'base64', 'koi8-r', '__proto__']) {
      await expect(failure(read(typed(charset, Buffer.from('x'))))).resolves.toEqual([
        415,
        `The charset ${charset} of a field is unknown: send UTF-8`,
      ]);
      await expect(read(typed(charset, Buffer.from('x'), 'name="a"; filename="a.txt"'))).resolves.toMatchObject({
        files: [{ size: 1 }],
      });
    }
  });

  it('has data in parts that are JSON, as fields or as Blobs', async () => {
    const json = 'Content-Type: application/json';
    const { fields, files } = await read(
      bodyOf(
        part('name="a"', '{"n":1,"__proto__":{"x":1}}', json),
        part('name="b"; filename="blob"', '[1,"é"]', json),
        part('name="c"; filename="c.json"', '{', json),
        part('name="d"', '{"n":1}', 'Content-Type: text/plain'),
        part('name="e"', '1', 'Content-Type: application/vnd.api+json; charset=utf-8'),
        part('name="e"', '"x"', json),
      ),
    );
    expect(fields).toEqual({ a: { n: 1 }, b: [1, 'é'], d: '{"n":1}', e: [1, 'x'] });
    expect(files.map(({ fieldName }) => fieldName)).toEqual(['b', 'c']);
  });

  it.each<[string, string, UploadOptions, number, string]>([
    ['is broken', '{"n":', {}, 400, 'The field "a" is not valid JSON'],
    ['is nested too deeply', '['.repeat(65) + ']'.repeat(65), {}, 400, 'The input is nested more than 64 levels deep'],
    ['is too long', '{"n":11111}', { fieldSize: 10 }, 413, 'The field "a" has more than 10 bytes'],
  ])('is refused when a part of JSON %s', async (_what, text, options, status, detail) => {
    for (const head of ['name="a"', 'name="a"; filename="blob"']) {
      await expect(failure(read(bodyOf(part(head, text, 'Content-Type: application/json')), options))).resolves.toEqual(
        [status, detail],
      );
    }
  });

  it('leaves out the empty part of a file input in which nothing was chosen', async () => {
    const { files } = await read(bodyOf(part('name="f"; filename=""', '', 'Content-Type: application/octet-stream')));
    expect(files).toEqual([]);
  });

  it('keeps an empty file that has a name', async () => {
    const { files } = await read(bodyOf(part('name="f"; filename="empty.txt"', '')));
    expect(files.map(({ filename, size }) => [filename, size])).toEqual([['empty.txt', 0]]);
  });

  it('is empty when it ends at once', async () => {
    await expect(read('--XX--\r\n')).resolves.toEqual({ fields: {}, files: [] });
  });

  const file = part('name="avatar"; filename="a.png"', '123456');
  it.each<[string, UploadOptions, string, string]>([
    ['a file over its size', { fileSize: 5 }, file, 'The file "avatar" has more than 5 bytes'],
    ['too many files', { files: 1 }, file + file, 'The form has more than 1 files'],
    ['too many fields', { fields: 1 }, part('name="a"', '1').repeat(2), 'The form has more than 1 fields'],
    ['a field over its size', { fieldSize: 2 }, part('name="bio"', '123'), 'The field "bio" has more than 2 bytes'],
    ['too many parts', { parts: 1 }, file + part('name="a"', '1'), 'The form has more than 1 parts'],
  ])('is 413 with the limit named for %s', async (_what, options, parts, detail) => {
    await expect(failure(read(bodyOf(parts), options))).resolves.toEqual([413, detail]);
  });

  it('takes a file of exactly the limit', async () => {
    const { files } = await read(bodyOf(file), { fileSize: 6 });
    expect(files[0]?.size).toBe(6);
  });

  it.each([
    ['there is no boundary', 'multipart/form-data', bodyOf(file)],
    ['the body is missing', MULTIPART, null],
    ['the body is of another kind', MULTIPART, '{"a":1}'],
    ['a file breaks off', MULTIPART, '--XX\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nabc'],
    ['a field breaks off', MULTIPART, '--XX\r\nContent-Disposition: form-data; name="f"\r\n\r\nabc'],
    ['the headers break off', MULTIPART, '--XX\r\nContent-Disposition: form-data; na'],
    ['a large part has no headers', MULTIPART, bodyOf(`--XX\r\n\r\n${'x'.repeat(70_000)}\r\n`, file)],
    ['a part has no name', MULTIPART, bodyOf(part('filename="a"', 'x'))],
  ])('is 400 when %s', async (_what, contentType, body) => {
    const [status] = await failure(read(body, {}, contentType));
    expect(status).toBe(400);
  });

  it.each<[string, number, string]>([
    ['a million parts', 413, '--XX\r\n'],
    ['a million lines that nearly are boundaries', 400, '\r\n--X'],
  ])('goes through little of a body of %s, which takes seconds', async (_what, expected, line) => {
    const body = Buffer.from(line.repeat(1_000_000));
    const write = jest.spyOn(Busboy.prototype, 'write');
    expect((await failure(readMultipart(MULTIPART, body, uploadLimits({}))))[0]).toBe(expected);
    const parsed = write.mock.calls.reduce((bytes, [chunk]) => bytes + (chunk as Buffer).length, 0);
    write.mockRestore();
    expect(parsed).toBeLessThan(body.length / 10);
  });

  it('has what stands before its first boundary left out', async () => {
    const form = await read(`a preamble\r\n--X\r\n${bodyOf(part('name="f"', 'x'))}`, {}, MULTIPART);
    expect(form.fields).toEqual({ f: 'x' });
  });

  it('settles whatever bytes come', async () => {
    const piece = fc.constantFrom(
      '--XX',
      '--XX--',
      '\r\n',
      '\r\n\r\n',
      'Content-Disposition: form-data; name="a"',
      '; filename="b"',
      'Content-Type: text/plain',
      '\0',
      'é',
    );
    const bytes = fc.oneof(
      fc.array(piece, { maxLength: 20 }).map((pieces) => Buffer.from(pieces.join(''))),
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const outcome = await read(body, { fileSize: 10, files: 1 }).catch((error: unknown) => error);
        if (outcome instanceof Error) expect([400, 413]).toContain((outcome as HttpException).statusCode);
        else expect(outcome).toEqual({ fields: expect.anything(), files: expect.any(Array) });
      }),
      { numRuns: 500 },
    );
  });
});

describe('any form', () => {
  it('is parsed once a request', async () => {
    const request = requestOf({ headers: { 'content-type': MULTIPART }, body: bodyOf(part('name="a"', '1')) });
    expect(await formOf(request)).toBe(await formOf(request));
  });

  it('is empty when there is neither a body nor a content type', async () => {
    await expect(read(null, {}, '')).resolves.toEqual({ fields: {}, files: [] });
  });

  it.each([
    ['application/json', 'application/json'],
    ['', 'no content type'],
  ])('is 415 for a body of the type %j', async (contentType, named) => {
    await expect(failure(read('{}', {}, contentType))).resolves.toEqual([415, expect.stringContaining(named)]);
  });
});

describe('the uploads option', () => {
  it('refuses a name that it does not know', () => {
    expect(() => checkUploadOptions({ maxFiles: 1 } as UploadOptions)).toThrow(
      'Unknown in the option uploads: maxFiles. It takes fileSize, files, fields, fieldSize, parts.',
    );
  });

  it('refuses a limit that is no number', () => {
    expect(() => checkUploadOptions({ files: 'many' as unknown as number })).toThrow(
      'The option uploads: files is many; it takes a number from 0.',
    );
  });
});
