import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import {
  Body,
  createParamDecorator,
  Form,
  Query,
  UploadedFile,
  UploadedFiles,
} from '../../src/decorators/parameters.js';
import { Controller, Post } from '../../src/decorators/routes.js';
import { BadRequestException } from '../../src/errors/exceptions.js';
import { FormFile } from '../../src/http/request/form-file.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { ParseIntPipe } from '../../src/validation/pipes/parse-pipes.js';
import { answer, serve, SOURCES } from './serve.js';

class Picture {
  @IsString() title!: string;
  @IsInt() width!: number;
}

class Album {
  @ValidateNested() @Type(() => Picture) picture!: Picture;
  @IsString() caption!: string;
}

const summary = (file: FormFile | undefined) =>
  file ? [file.fieldName, file.filename, file.mediaType, file.size] : 'no file';

const onlyPng = {
  transform(file: FormFile | undefined) {
    if (file?.mediaType !== 'image/png') throw new BadRequestException('Send a PNG');
    return file;
  },
};

@Controller()
class Uploads {
  @Post('one') one(@UploadedFile() file: FormFile) {
    return { file: summary(file), isFile: file instanceof FormFile, bytes: [...file.content] };
  }
  @Post('named') named(@UploadedFile('photo') photo: FormFile | undefined) {
    return summary(photo);
  }
  @Post('all') all(@UploadedFiles() files: FormFile[]) {
    return files.map(summary);
  }
  @Post('several') several(@UploadedFiles('doc') docs: FormFile[]) {
    return docs.map(summary);
  }
  @Post('with-fields')
  withFields(@UploadedFile('photo') photo: FormFile, @Body() picture: Picture, @Body('title') title: string) {
    return { photo: summary(photo), picture, isPicture: picture instanceof Picture, title };
  }
  @Post('json-part')
  jsonPart(@Form('picture') picture: Picture, @UploadedFile('photo') photo?: FormFile) {
    return { picture, isPicture: picture instanceof Picture, photo: summary(photo) };
  }
  @Post('album') album(@Form() { picture, caption }: Album) {
    return { picture, caption, isPicture: picture instanceof Picture };
  }
  @Post('required') required(@UploadedFile('photo', { required: true }) photo: FormFile) {
    return photo.size;
  }
  @Post('some-required') someRequired(@UploadedFiles('doc', { required: true }) docs: FormFile[]) {
    return docs.length;
  }
  @Post('any-required')
  anyRequired(@UploadedFile({ required: true }) file: FormFile, @UploadedFiles({ required: true }) files: FormFile[]) {
    return [file.fieldName, files.length];
  }
  @Post('required-png') requiredPng(@UploadedFile('photo', { required: true }, onlyPng) photo: FormFile) {
    return photo.size;
  }
  @Post('not-required') notRequired(@UploadedFile('photo', { required: false }) photo?: FormFile) {
    return summary(photo);
  }
  @Post('required-with-fields')
  requiredWithFields(
    @UploadedFile('photo', { required: true }) photo: FormFile,
    @Form() picture: Picture,
    @Query('page', ParseIntPipe) page: number,
  ) {
    return { photo: summary(photo), picture, page };
  }
  @Post('png') png(@UploadedFile('photo', onlyPng) photo: FormFile) {
    return summary(photo);
  }
}

let app: TestingApplication;
let unlimited: TestingApplication;

beforeAll(async () => {
  app = await serve(Uploads, { uploads: { fileSize: 20, files: 3 } });
  unlimited = await serve(Uploads);
});

function part(disposition: string, content: Uint8Array | string, type?: string): Buffer {
  const head = `--XX\r\nContent-Disposition: form-data; ${disposition}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]);
}

function form(...parts: Buffer[]): { method: string; headers: Record<string, string>; payload: Buffer } {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/form-data; boundary=XX' },
    payload: Buffer.concat([...parts, Buffer.from('--XX--\r\n')]),
  };
}

const summaryOfPhoto = ['photo', 'cat.png', 'image/png', 4];
const photo = part('name="photo"; filename="cat.png"', new Uint8Array([0xff, 0xfe, 0, 0x80]), 'image/png');
const doc = (name: string) => part(`name="doc"; filename="${name}"`, 'text', 'text/plain');
const noFile = part('name="title"', 'Cat');
const missing = (field: string) => ({ loc: ['body', field], msg: `${field} is required`, type: 'required' });

describe.each(SOURCES)('from %s', (source) => {
  test('FormData of a test is a form with files', async () => {
    const payload = new FormData();
    payload.append('title', 'Cat');
    payload.append('photo', new Blob([new Uint8Array([0xff, 0xfe, 0, 0x80])], { type: 'image/png' }), 'cat.png');
    expect(await answer(app, { source, method: 'POST', url: '/named', payload })).toEqual([
      200,
      ['photo', 'cat.png', 'image/png', 4],
    ]);
  });

  it('a file arrives byte by byte', async () => {
    expect(await answer(app, { source, url: '/one', ...form(photo) })).toEqual([
      200,
      { file: ['photo', 'cat.png', 'image/png', 4], isFile: true, bytes: [0xff, 0xfe, 0, 0x80] },
    ]);
  });

  it('fields are built and checked beside the file', async () => {
    const fields = [part('name="title"', 'Grüße'), part('name="width"', '640')];
    expect(await answer(app, { source, url: '/with-fields', ...form(photo, ...fields) })).toEqual([
      200,
      {
        photo: ['photo', 'cat.png', 'image/png', 4],
        picture: { title: 'Grüße', width: 640 },
        isPicture: true,
        title: 'Grüße',
      },
    ]);
    expect(
      await answer(app, {
        source,
        url: '/with-fields',
        ...form(photo, part('name="title"', 'a'), part('name="width"', 'wide')),
      }),
    ).toEqual([422, { detail: [{ loc: ['body', 'width'], msg: 'width must be an integer number', type: 'isInt' }] }]);
  });
});

describe.each(SOURCES)('a required file from %s', (source) => {
  it('is there for the method, and a 422 where it was not sent', async () => {
    expect(await answer(app, { source, url: '/required', ...form(photo) })).toEqual([200, 4]);
    expect(await answer(app, { source, url: '/some-required', ...form(doc('a'), doc('b')) })).toEqual([200, 2]);
    // Of another field, as text, or as browsers send an input in which nothing was chosen.
    const text = part('name="photo"', 'cat.png');
    const nothingChosen = part('name="photo"; filename=""', '', 'application/octet-stream');
    for (const sent of [[], [noFile], [doc('a')], [text], [nothingChosen]])
      expect(await answer(app, { source, url: '/required', ...form(...sent) })).toEqual([
        422,
        { detail: [missing('photo')] },
      ]);
    expect(await answer(app, { source, url: '/some-required', ...form(photo) })).toEqual([
      422,
      { detail: [missing('doc')] },
    ]);
  });

  it('is missing in a request without a body and in a urlencoded form, and a 415 in place of JSON', async () => {
    const request = { source, method: 'POST' as const, url: '/required' };
    expect(await answer(app, request)).toEqual([422, { detail: [missing('photo')] }]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await answer(app, { ...request, headers, payload: 'photo=cat.png' })).toEqual([
      422,
      { detail: [missing('photo')] },
    ]);
    expect((await answer(app, { ...request, payload: { photo: 'cat.png' } }))[0]).toBe(415);
  });

  it('is among all errors of the request', async () => {
    const request = { source, url: '/required-with-fields?page=one' };
    const [status, body] = await answer(app, { ...request, ...form(noFile) });
    expect([status, (body as { detail: { loc: string[] }[] }).detail.map(({ loc }) => loc)]).toEqual([
      422,
      [
        ['query', 'page'],
        ['body', 'photo'],
        ['body', 'width'],
      ],
    ]);
  });

  it('may be of any field', async () => {
    expect(await answer(app, { source, url: '/any-required', ...form(photo, doc('a')) })).toEqual([200, ['photo', 2]]);
    const detail = [1, 2].map(() => ({ loc: ['body'], msg: 'a file is required', type: 'required' }));
    expect(await answer(app, { source, url: '/any-required', ...form(noFile) })).toEqual([422, { detail }]);
  });

  it('goes through the pipes of its parameter, which get no missing one', async () => {
    const gif = part('name="photo"; filename="a.gif"', 'x', 'image/gif');
    expect(await answer(app, { source, url: '/required-png', ...form(photo) })).toEqual([200, 4]);
    expect(await answer(app, { source, url: '/required-png', ...form(gif) })).toEqual([400, { detail: 'Send a PNG' }]);
    expect((await answer(app, { source, url: '/required-png', ...form(noFile) }))[0]).toBe(422);
    expect(await answer(app, { source, url: '/not-required', ...form(noFile) })).toEqual([200, 'no file']);
  });
});

describe.each(SOURCES)('JSON in a form from %s', (source) => {
  const JSON_TYPE = 'application/json';
  const picture = { title: 'Cat', width: 640 };

  it('fills a DTO that is declared for its field, or inside of the whole', async () => {
    const json = part('name="picture"', JSON.stringify(picture), JSON_TYPE);
    const blob = part('name="picture"; filename="blob"', JSON.stringify(picture), JSON_TYPE);
    const caption = part('name="caption"', 'Mine');
    for (const sent of [json, blob]) {
      expect(await answer(unlimited, { source, url: '/json-part', ...form(sent, photo) })).toEqual([
        200,
        { picture, isPicture: true, photo: summaryOfPhoto },
      ]);
      expect(await answer(unlimited, { source, url: '/album', ...form(sent, caption) })).toEqual([
        200,
        { picture, caption: 'Mine', isPicture: true },
      ]);
    }
  });

  it('is checked as declared', async () => {
    const wrong = part('name="picture"', JSON.stringify({ title: 5, width: 'wide' }), JSON_TYPE);
    const detail = ['title', 'width'].map((name) => ({ loc: ['body', 'picture', name] }));
    expect(await answer(unlimited, { source, url: '/json-part', ...form(wrong) })).toMatchObject([422, { detail }]);
    expect(
      await answer(unlimited, { source, url: '/album', ...form(wrong, part('name="caption"', 'x')) }),
    ).toMatchObject([422, { detail }]);
    const text = part('name="picture"', JSON.stringify(picture));
    expect((await answer(unlimited, { source, url: '/json-part', ...form(text) }))[0]).toBe(422);
  });

  it('arrives from FormData of a test', async () => {
    const payload = new FormData();
    payload.append('picture', new Blob([JSON.stringify(picture)], { type: JSON_TYPE }));
    payload.append('caption', 'Mine');
    expect(await answer(unlimited, { source, method: 'POST', url: '/album', payload })).toEqual([
      200,
      { picture, caption: 'Mine', isPicture: true },
    ]);
  });
});

describe('uploaded files', () => {
  it('are found by the name of their field', async () => {
    const body = form(photo, doc('a.txt'), doc('b.txt'));
    expect(await answer(app, { url: '/named', ...body })).toEqual([200, ['photo', 'cat.png', 'image/png', 4]]);
    expect(await answer(app, { url: '/several', ...body })).toEqual([
      200,
      [
        ['doc', 'a.txt', 'text/plain', 4],
        ['doc', 'b.txt', 'text/plain', 4],
      ],
    ]);
    expect((await answer(app, { url: '/all', ...body }))[1]).toHaveLength(3);
  });

  it('are undefined, or an empty list, where none was sent', async () => {
    const body = form(part('name="title"', 'x'));
    expect(await answer(app, { url: '/named', ...body })).toEqual([200, 'no file']);
    expect(await answer(app, { url: '/several', ...body })).toEqual([200, []]);
    expect(await answer(app, { method: 'POST', url: '/all' })).toEqual([200, []]);
  });

  it('go through the pipes of their parameter', async () => {
    expect(await answer(app, { url: '/png', ...form(photo) })).toEqual([200, ['photo', 'cat.png', 'image/png', 4]]);
    expect(
      await answer(app, { url: '/png', ...form(part('name="photo"; filename="a.gif"', 'x', 'image/gif')) }),
    ).toEqual([400, { detail: 'Send a PNG' }]);
  });

  it('are 413 over a limit, which is named', async () => {
    const large = part('name="photo"; filename="a.png"', 'x'.repeat(21), 'image/png');
    expect(await answer(app, { url: '/one', ...form(large) })).toEqual([
      413,
      { detail: 'The file "photo" has more than 20 bytes' },
    ]);
    expect(await answer(app, { url: '/all', ...form(doc('1'), doc('2'), doc('3'), doc('4')) })).toEqual([
      413,
      { detail: 'The form has more than 3 files' },
    ]);
  });

  it('are 415 where the body is no form, and 400 where the form is broken', async () => {
    expect((await answer(app, { method: 'POST', url: '/one', payload: { a: 1 } }))[0]).toBe(415);
    const broken = { ...form(), payload: Buffer.from('--XX\r\nContent-Disp') };
    expect(await answer(app, { url: '/one', ...broken })).toEqual([
      400,
      { detail: 'The body is not valid multipart/form-data' },
    ]);
  });
});

describe('a parameter decorator of one’s own', () => {
  const Bearer = createParamDecorator((scheme: string | undefined, { request }: ExecutionContext) => {
    const [sent, token] = (request.header('authorization') ?? '').split(' ');
    return sent === (scheme ?? 'Bearer') ? token : undefined;
  });
  const Delayed = createParamDecorator(async (data: number) => data * 2);
  const Raw = createParamDecorator((_data: undefined, { request }: ExecutionContext) => ({
    width: request.query['width'],
  }));
  const shout = { transform: (value: string) => value.toUpperCase() };

  class Size {
    @IsInt() width!: number;
  }

  @Controller()
  class Custom {
    @Post('bearer') bearer(@Bearer() token: string, @Bearer('Basic') basic: string) {
      return { token, basic };
    }
    @Post('piped') piped(@Bearer(undefined, shout) token: string) {
      return token;
    }
    @Post('delayed') delayed(@Delayed(21) value: number) {
      return value;
    }
    @Post('checked') checked(@Raw(undefined, Size) size: unknown) {
      return size;
    }
  }

  let custom: TestingApplication;
  const post = (url: string, headers = {}) => answer(custom, { method: 'POST', url, headers });

  beforeAll(async () => {
    custom = await serve(Custom);
  });

  it('is given its data and the context', async () => {
    expect(await post('/bearer', { authorization: 'Bearer abc' })).toEqual([200, { token: 'abc' }]);
    expect(await post('/bearer', { authorization: 'Basic abc' })).toEqual([200, { basic: 'abc' }]);
  });

  it('may be asynchronous, and takes pipes after its data', async () => {
    expect(await post('/delayed')).toEqual([200, 42]);
    expect(await post('/piped', { authorization: 'Bearer abc' })).toEqual([200, 'ABC']);
  });

  it('takes a DTO class after its data, which checks what it gives', async () => {
    expect(await post('/checked?width=3')).toEqual([
      422,
      { detail: [{ loc: ['body', 'width'], msg: 'width must be an integer number', type: 'isInt' }] },
    ]);
  });
});
