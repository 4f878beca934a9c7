import 'reflect-metadata';
import { IsString } from 'class-validator';
import { ApiResponse } from '../../../src/decorators/api.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Controller, Get, Header, HttpCode, Post, Redirect } from '../../../src/decorators/routes.js';
import { EventSourceResponse } from '../../../src/http/response/event-source-response.js';
import { FileResponse } from '../../../src/http/response/file-response.js';
import { HtmlResponse } from '../../../src/http/response/html-response.js';
import { JsonResponse } from '../../../src/http/response/json-response.js';
import { RedirectResponse } from '../../../src/http/response/redirect-response.js';
import { Response } from '../../../src/http/response/response.js';
import { StreamResponse } from '../../../src/http/response/stream-response.js';
import type { ResponseObject } from '../../../src/openapi/openapi-document.js';
import { operationOf } from '../documented.js';

class Owner {
  @IsString() name!: string;
}

const owner = { schema: { $ref: '#/components/schemas/Owner' } };
const fails = (): never => {
  throw new Error('Nothing is called');
};

function responsesOf(type: new () => object): Record<string, ResponseObject> {
  Controller('owners')(type);
  return operationOf(type).responses as Record<string, ResponseObject>;
}

describe('a declared answer', () => {
  test('keeps the schema that the code tells where it gives none', () => {
    class Owners {
      @ApiResponse({
        status: 200,
        description: 'The owner.',
        headers: { 'x-total': 'How many.', 'x-page': { schema: { type: 'integer' } } },
      })
      @Get()
      get(): Owner {
        return fails();
      }
    }
    expect(responsesOf(Owners)['200']).toEqual({
      description: 'The owner.',
      headers: {
        'x-total': { description: 'How many.', schema: { type: 'string' } },
        'x-page': { schema: { type: 'integer' } },
      },
      content: { 'application/json': owner },
    });
  });

  test('of another status stands beside the one that the code tells', () => {
    class Owners {
      @ApiResponse({ status: 304 })
      @ApiResponse({ status: 202, description: 'Later.' })
      @ApiResponse({ status: 'default', description: 'Anything else.' })
      @Get()
      get(): Owner {
        return fails();
      }
    }
    const responses = responsesOf(Owners);
    expect(Object.keys(responses)).toEqual(['200', '202', '304', 'default', '4XX']);
    expect(responses['200']!.content).toEqual({ 'application/json': owner });
    expect([responses['304'], responses['202']]).toEqual([{ description: 'Not Modified' }, { description: 'Later.' }]);
  });

  test('takes the place of a success whose type and status nothing tells', () => {
    class Owners {
      @ApiResponse({ status: 202, type: Owner }) @Post() async add() {}
    }
    class Said {
      @HttpCode(200) @ApiResponse({ status: 202, type: Owner }) @Post() async add() {}
    }
    expect(Object.keys(responsesOf(Owners))).toEqual(['202', '4XX']);
    expect(Object.keys(responsesOf(Said))).toEqual(['200', '202', '4XX']);
  });

  test('may have several media types, the one that the code tells among them', () => {
    class Owners {
      @ApiResponse({ status: 200, mediaType: 'text/csv', example: 'name\nAda' })
      @ApiResponse({ status: 200, mediaType: 'application/xml', schema: { type: 'object' } })
      @Get()
      get(): Owner {
        return fails();
      }
    }
    expect(responsesOf(Owners)['200']!.content).toEqual({
      'application/json': owner,
      'application/xml': { schema: { type: 'object' } },
      'text/csv': { example: 'name\nAda' },
    });
  });

  test('gives an example to the schema that the code tells', () => {
    class Owners {
      @ApiResponse({ status: 200, example: { name: 'Ada' } }) @Get('one') get(): Owner {
        return fails();
      }
    }
    class Several {
      @ApiResponse({ status: 200, examples: { ada: { value: { name: 'Ada' } } } }) @Get() get(): Owner {
        return fails();
      }
    }
    expect(responsesOf(Owners)['200']!.content).toEqual({ 'application/json': { ...owner, example: { name: 'Ada' } } });
    expect(responsesOf(Several)['200']!.content).toEqual({
      'application/json': { ...owner, examples: { ada: { value: { name: 'Ada' } } } },
    });
  });

  test('of a method wins over that of its class, which fills its gaps', () => {
    @ApiResponse({ status: 404, description: 'Gone.', headers: { a: 'Of the class.', b: 'Of the class.' } })
    class Owners {
      @ApiResponse({ status: 404, headers: { a: 'Of the method.' } }) @Get() get(): Owner {
        return fails();
      }
    }
    expect(responsesOf(Owners)['404']).toMatchObject({
      description: 'Gone.',
      headers: { a: { description: 'Of the method.' }, b: { description: 'Of the class.' } },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/HttpError' } } },
    });
  });

  test('of a refusal that Lambent makes keeps what that holds', () => {
    class Owners {
      @ApiResponse({ status: 422, description: 'No such owner.' }) @Post() add(@Body() body: Owner): Owner {
        return body;
      }
    }
    expect(responsesOf(Owners)['422']).toEqual({
      description: 'No such owner.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/ValidationError' } } },
    });
  });

  test('takes a list by isArray, as in NestJS', () => {
    class Owners {
      @ApiResponse({ status: 200, type: Owner, isArray: true }) @Get() async get() {
        return [];
      }
    }
    expect(responsesOf(Owners)['200']!.content).toEqual({
      'application/json': { schema: { type: 'array', items: owner.schema } },
    });
  });
});

describe('a response class', () => {
  class Json {
    @Get() get(): JsonResponse {
      return fails();
    }
  }
  class Html {
    @Get() get(): HtmlResponse {
      return fails();
    }
  }
  class Events {
    @Get() get(): EventSourceResponse {
      return fails();
    }
  }
  class File {
    @Get() get(): FileResponse {
      return fails();
    }
  }
  class Stream {
    @Get() get(): StreamResponse {
      return fails();
    }
  }
  class Any {
    @Get() get(): Response {
      return fails();
    }
  }
  class Bytes {
    @Get() get(): ArrayBuffer {
      return fails();
    }
  }
  class Blobs {
    @Get() get(): Blob {
      return fails();
    }
  }
  class Web {
    @Get() get(): globalThis.Response {
      return fails();
    }
  }
  class Csv {
    @Header('content-type', 'text/csv') @Get() get(): StreamResponse {
      return fails();
    }
  }
  class Declared {
    @ApiResponse({ status: 200, type: HtmlResponse }) @Get() async get() {}
  }

  test.each([
    ['JsonResponse', Json, { 'application/json': { schema: {} } }],
    ['HtmlResponse', Html, { 'text/html': { schema: { type: 'string' } } }],
    ['EventSourceResponse', Events, { 'text/event-stream': { schema: { type: 'string' } } }],
    ['FileResponse', File, { '*/*': {} }],
    ['StreamResponse', Stream, { '*/*': {} }],
    ['Response', Any, { '*/*': {} }],
    ['bytes', Bytes, { '*/*': {} }],
    ['a blob', Blobs, { '*/*': {} }],
    ["the web's Response", Web, { '*/*': {} }],
    ['a stream with a content type', Csv, { 'text/csv': {} }],
    ['a class that @ApiResponse names', Declared, { 'text/html': { schema: { type: 'string' } } }],
  ])('is described by what it sends: %s', (_name, type, content) => {
    expect(responsesOf(type)['200']!.content).toEqual(content);
  });

  test('of a redirect has its status and says where it leads', () => {
    class Old {
      @Get() get(): RedirectResponse {
        return fails();
      }
    }
    class Several {
      @ApiResponse({ status: 303, type: RedirectResponse }) @Redirect('/new', 308) @Get() get() {}
    }
    const location = { description: 'Where to go next.', schema: { type: 'string' } };
    expect(responsesOf(Old)).toMatchObject({ 307: { description: 'Temporary Redirect', headers: { location } } });
    expect(responsesOf(Old)).not.toHaveProperty('200');
    expect(responsesOf(Several)).toMatchObject({ 303: { headers: { location } }, 308: { headers: { location } } });
  });
});
