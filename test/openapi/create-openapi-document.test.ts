import { IsInt, IsOptional, IsString, Matches, Max } from 'class-validator';
import { z } from 'zod';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { ApiParam } from '../../src/decorators/api-nestjs.js';
import { ApiExclude, ApiOperation, ApiProperty, ApiResponse, ApiSecurity, ApiTags } from '../../src/decorators/api.js';
import {
  Body,
  Cookies,
  Form,
  Headers,
  Param,
  Query,
  UploadedFile,
  UploadedFiles,
} from '../../src/decorators/parameters.js';
import {
  All,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Post,
  Redirect,
  Version,
} from '../../src/decorators/routes.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { createOpenApiDocument } from '../../src/openapi/create-openapi-document.js';
import type { OperationObject, ResponseObject } from '../../src/openapi/openapi-document.js';
import { lazy } from '../../src/shared/module.js';
import { DefaultValuePipe } from '../../src/validation/pipes/default-value-pipe.js';
import { ParseArrayPipe } from '../../src/validation/pipes/parse-array-pipe.js';
import { ParseEnumPipe, ParseIntPipe, ParseUUIDPipe } from '../../src/validation/pipes/parse-pipes.js';
import { documentOf, info, moduleOf, operationOf } from './documented.js';

class Note {
  @IsString()
  text!: string;
}

class Paging {
  @IsInt()
  @Max(100)
  limit = 20;

  @ApiProperty({ description: 'Where to go on.', example: 'abc' })
  @IsOptional()
  @IsString()
  after?: string;

  @IsString()
  shelf!: string;
}

describe('paths', () => {
  test('are templates, with constraints as patterns, optional segments twice and wildcards in words', () => {
    @Controller('books')
    class Books {
      @Get(':isbn(\\d+)/:page?') read() {}
      @Get('files/*path') file() {}
      @Get('caf%C3%A9') cafe() {}
    }
    const { paths } = documentOf([Books]);
    expect(Object.keys(paths)).toEqual([
      '/books/{isbn}/{page}',
      '/books/{isbn}',
      '/books/files/{path}',
      '/books/caf%C3%A9',
    ]);
    expect(paths['/books/{isbn}']?.get?.parameters).toEqual([
      { name: 'isbn', in: 'path', required: true, schema: { type: 'string', pattern: '^(?:\\d+)$' } },
    ]);
    expect(paths['/books/files/{path}']?.get?.parameters?.[0]).toMatchObject({
      description: 'The rest of the path, slashes included.',
    });
  });

  test('name the wildcard apart from their parameters', () => {
    @Controller('files')
    class Files {
      @Get(':rest?/*') read(@Param('rest') _rest: string, @Param('*', ParseIntPipe) _path: number) {}
    }
    const { paths } = documentOf([Files]);
    expect(Object.entries(paths).map(([path, { get }]) => [path, get!.parameters])).toMatchObject([
      [
        '/files/{rest}/{rest2}',
        [
          { name: 'rest', schema: { type: 'string' } },
          { name: 'rest2', schema: { type: 'integer' } },
        ],
      ],
      ['/files/{rest2}', [{ name: 'rest2', schema: { type: 'integer' } }]],
    ]);
  });

  test('that differ in the names of their parameters are one', () => {
    @Controller('books')
    class Books {
      @Get(':isbn') read(@Param('isbn') isbn: string) {
        return isbn;
      }
      @Delete(':id') remove(@Param('id', ParseIntPipe) id: number) {
        return id;
      }
    }
    const { paths } = documentOf([Books]);
    expect(Object.keys(paths)).toEqual(['/books/{isbn}']);
    expect(paths['/books/{isbn}']?.delete?.parameters).toEqual([
      { name: 'isbn', in: 'path', required: true, schema: { type: 'integer' } },
    ]);
  });

  test('that have the same names in another order keep apart what each describes', () => {
    @Controller('grid')
    class Grid {
      @Get(':x/:y') read(@Param('x') x: string, @Param('y') y: string) {
        return x + y;
      }
      @ApiParam({ name: 'y', description: 'The row.' })
      @Post(':y/:x')
      write(@Param('y', ParseIntPipe) y: number, @Param('x', ParseUUIDPipe) x: string) {
        return x + y;
      }
    }
    const { paths } = documentOf([Grid]);
    expect(Object.keys(paths)).toEqual(['/grid/{x}/{y}']);
    expect(paths['/grid/{x}/{y}']?.post?.parameters).toEqual([
      { name: 'x', in: 'path', required: true, description: 'The row.', schema: { type: 'integer' } },
      { name: 'y', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    ]);
  });

  test('of versions have them in front', () => {
    @Controller({ path: 'books', version: ['1', '2'] })
    class Books {
      @Get() list() {}
    }
    const { paths } = documentOf([Books], {}, { versioning: { type: 'path' } });
    expect(Object.entries(paths).map(([path, { get }]) => [path, get?.operationId])).toEqual([
      ['/v1/books', 'booksList'],
      ['/v2/books', 'booksListGet'],
    ]);
  });

  @Controller('books')
  class Versioned {
    @Version('1') @ApiOperation({ summary: 'Old' }) @Get() one() {}
    @Version('2') @ApiOperation({ summary: 'New' }) @Get() two() {}
  }
  const byHeader = { versioning: { type: 'header', name: 'x-version' } } as const;

  test('of versions in a header are those of the version that is asked for', () => {
    expect(documentOf([Versioned], { apiVersion: '2' }, byHeader).paths['/books']?.get?.summary).toBe('New');
  });

  test('that OpenAPI cannot tell apart are refused, with what to do', () => {
    expect(() => documentOf([Versioned], {}, byHeader)).toThrow(
      'Versioned.one (/books, version 1) and Versioned.two (/books, version 2) both handle GET, and OpenAPI describes only one of them. ' +
        "Select the version to describe, as in apiVersion: '2'.",
    );
    @Controller('books')
    class Both {
      @Get(':isbn(\\d+)') isbn() {}
      @Get(':title') title() {}
    }
    expect(() => documentOf([Both])).toThrow(
      'Both.isbn (/books/{isbn}) and Both.title (/books/{title}) both handle GET, and OpenAPI describes only one of them',
    );
  });

  test('of @All take the methods that are left', () => {
    @Controller('proxy')
    class Proxy {
      @All() all() {}
      @Get() get() {}
    }
    const { paths } = documentOf([Proxy]);
    expect(Object.entries(paths['/proxy']!).map(([verb, { operationId }]) => `${verb} ${operationId}`)).toEqual([
      'get proxyGet',
      'put proxyAll',
      'post proxyAllPost',
      'delete proxyAllDelete',
      'options proxyAllOptions',
      'head proxyAllHead',
      'patch proxyAllPatch',
    ]);
  });

  test('of lazy modules are told by their prefixes', () => {
    const description = LambdaApplication.describe(moduleOf({ imports: [lazy('reports', () => moduleOf({}))] }));
    expect(createOpenApiDocument(description, info)).toMatchObject({ paths: {}, 'x-lazy-prefixes': ['/reports'] });
  });
});

describe('operations', () => {
  test('are named after class and method, and no two alike', () => {
    class First {
      @Get('a') getPDF() {}
    }
    class Second {
      @Get('b') getPDF() {}
    }
    for (const type of [First, Second]) {
      Object.defineProperty(type, 'name', { value: 'PrintController' });
      Controller('print')(type);
    }
    const { paths } = documentOf([First, Second]);
    expect(Object.values(paths).map(({ get }) => [get?.operationId, get?.summary, get?.tags])).toEqual([
      ['printGetPDF', 'Get PDF', ['Print']],
      ['printGetPDFGet', 'Get PDF', ['Print']],
    ]);
  });

  test('have words of any language', () => {
    class GrößenController {
      @Get('a') größeÄndern() {}
      @Get('b') 取得() {}
    }
    Controller()(GrößenController);
    const { paths } = documentOf([GrößenController]);
    expect(Object.values(paths).map(({ get }) => [get?.operationId, get?.summary, get?.tags])).toEqual([
      ['größenGrößeÄndern', 'Größe ändern', ['Größen']],
      ['größen取得', '取得', ['Größen']],
    ]);
  });

  test('keep the ids that decorators give, for one of their paths and verbs', () => {
    @Controller('books')
    class Books {
      @ApiOperation({ operationId: 'read_book' }) @Get(':isbn/:page?') read() {}
      @ApiOperation({ operationId: 'any' }) @All('any') any() {}
      @Get('list') list() {}
      @ApiOperation({ operationId: 'booksList' }) @Get('shelf') shelf() {}
    }
    const { paths } = documentOf([Books]);
    const ids = Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
    expect(ids).toEqual([
      'read_book',
      'read_bookGet',
      'booksListGet',
      'booksList',
      'any',
      'anyPut',
      'anyPost',
      'anyDelete',
      'anyOptions',
      'anyHead',
      'anyPatch',
    ]);
  });

  test('refuse an id that two methods declare', () => {
    @Controller('books')
    class Books {
      @ApiOperation({ operationId: 'list' }) @Get() list() {}
    }
    @Controller('authors')
    class Authors {
      @ApiOperation({ operationId: 'list' }) @Get() all() {}
    }
    expect(() => documentOf([Books, Authors])).toThrow(
      'Books.list and Authors.all both have the operationId "list", but the API document needs a unique one. ' +
        'Change one of them, or leave it out.',
    );
  });

  test('say what decorators say, the method before its class', () => {
    @ApiTags('Shelf')
    @ApiSecurity('key')
    @ApiResponse({ status: 401 })
    @Controller('books')
    class Books {
      @ApiTags('Admin')
      @ApiOperation({ summary: 'Burn', description: 'All of it.', operationId: 'burn', deprecated: true })
      @ApiSecurity(false)
      @ApiResponse({ status: 204, description: 'Burnt.' })
      @Delete()
      burn() {}

      @Get() list() {}
    }
    const { paths } = documentOf([Books], {
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } },
    });
    const { responses, ...burn } = paths['/books']!.delete!;
    expect(burn).toEqual({
      operationId: 'burn',
      summary: 'Burn',
      description: 'All of it.',
      deprecated: true,
      tags: ['Admin'],
      security: [],
    });
    expect(Object.keys(responses)).toEqual(['204', '401', '4XX']);
    expect(paths['/books']!.get).toMatchObject({ tags: ['Shelf'], security: [{ key: [] }] });
  });

  test('are left out where they are excluded, alone or with their class', () => {
    @Controller('a')
    class Some {
      @Get('seen') seen() {}
      @ApiExclude() @Get('hidden') hidden() {}
    }
    @ApiExclude()
    @Controller('b')
    class Hidden {
      @Get() get() {}
    }
    expect(Object.keys(documentOf([Some, Hidden]).paths)).toEqual(['/a/seen']);
  });

  test('inherit what was said of the class above', () => {
    @ApiTags('Base')
    class Base {
      @Get() list() {}
    }
    @ApiSecurity(false)
    @Controller('derived')
    class Derived extends Base {}
    expect(documentOf([Derived]).paths['/derived']?.get).toMatchObject({ tags: ['Base'], security: [] });
  });

  test('name security schemes that are there', () => {
    @ApiSecurity('oauth', ['read'])
    @Controller('books')
    class Books {
      @Get() list() {}
    }
    expect(() => documentOf([Books], { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } })).toThrow(
      '@ApiSecurity of Books.list names the security scheme "oauth", but the option securitySchemes has key.',
    );
    expect(() => documentOf([], { security: ['key'] })).toThrow(
      'names the security scheme "key", but no securitySchemes are set.',
    );
  });
});

describe('parameters', () => {
  test('come of keys, of classes and of pipes', () => {
    enum Colour {
      RED = 'red',
      BLUE = 'blue',
    }
    @Controller()
    class Things {
      @Get(':id')
      get(
        @Param('id', ParseUUIDPipe) _id: string,
        @Query() _paging: Paging,
        @Query('n', new DefaultValuePipe(3), ParseIntPipe) _n: number,
        @Query('colour', new ParseEnumPipe(Colour)) _colour: Colour,
        @Query('ids', new ParseArrayPipe({ items: Number })) _ids: number[],
        @Query('tag') _tags: string[],
        @Query('since') _since: Date,
        @Headers('X-Caller') _caller: string,
        @Headers('authorization') _authorization: string,
        @Cookies('session') _session: string,
      ) {}
    }
    const { parameters, responses } = operationOf(Things);
    expect(parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100, default: 20 } },
      { name: 'after', in: 'query', description: 'Where to go on.', example: 'abc', schema: { type: 'string' } },
      { name: 'shelf', in: 'query', required: true, schema: { type: 'string' } },
      { name: 'n', in: 'query', schema: { type: 'integer', default: 3 } },
      { name: 'colour', in: 'query', required: true, schema: { type: 'string', enum: ['red', 'blue'] } },
      { name: 'ids', in: 'query', required: true, schema: { type: 'array', items: { type: 'number' } } },
      { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
      { name: 'since', in: 'query', schema: { type: 'string', format: 'date-time' } },
      { name: 'X-Caller', in: 'header', schema: { type: 'string' } },
      { name: 'session', in: 'cookie', schema: { type: 'string' } },
    ]);
    expect(responses['422']).toEqual({ $ref: '#/components/responses/Invalid' });
  });

  test('are required where their schema refuses a missing value', () => {
    @Controller()
    class Things {
      @Get() get(
        @Query('needed', z.string()) _needed: string,
        @Query('optional', z.string().optional()) _optional: string,
        @Query('default', z.string().default('x')) _default: string,
        @Query(
          'late',
          z
            .string()
            .optional()
            .refine(async () => false),
        )
        _late: string,
      ) {}
    }
    const required = operationOf(Things).parameters!.filter((parameter) => parameter.required);
    expect(required.map(({ name }) => name)).toEqual(['needed', 'late']);
  });

  test('have the type that their decorator is given', () => {
    @Controller()
    class Things {
      @Get(':id') get(@Param('id', Number) _id: unknown, @Query('tags', Array) _tags: unknown) {}
    }
    const { parameters, responses } = operationOf(Things);
    expect(parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'number' } },
      { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
    ]);
    expect(Object.keys(responses)).toContain('422');
  });

  test('that refuse nothing promise no 422, and a pipe with another status that one', () => {
    @Controller()
    class Things {
      @Get('a/:id') any(@Param('id') _id: string, @Query('q') _q: string) {}
      @Get('b/:id') other(@Param('id', new ParseIntPipe({ errorHttpStatusCode: 404 })) _id: number) {}
    }
    const { paths, components } = documentOf([Things]);
    expect(Object.keys(paths['/a/{id}']!.get!.responses)).toEqual(['204', '4XX']);
    expect(Object.keys(paths['/b/{id}']!.get!.responses)).toEqual(['204', '404', '4XX']);
    expect(Object.keys(components.schemas)).toContain('HttpError');
  });
});

/** Two orders of two decorators. */
function both<T>(one: T, other: T): T[][] {
  return [
    [one, other],
    [other, one],
  ];
}

/** Returns the operation of a method that reads a text with each decorator. */
function readBy(decorators: readonly ParameterDecorator[]): OperationObject {
  class Things {
    post(..._values: unknown[]) {}
  }
  for (const [index, decorate] of decorators.entries()) decorate(Things.prototype, 'post', index);
  const types = decorators.map(() => String);
  Reflect.defineMetadata('design:paramtypes', types, Things.prototype, 'post');
  Post(':id')(Things.prototype, 'post', Object.getOwnPropertyDescriptor(Things.prototype, 'post')!);
  Controller()(Things);
  return operationOf(Things);
}

describe('a value that several parameters read', () => {
  test.each(both(Query('n'), Query('n', ParseIntPipe)))('of a query suits all of them', (...decorators) => {
    expect(readBy(decorators).parameters!.slice(1)).toEqual([
      { name: 'n', in: 'query', required: true, schema: { type: 'integer' } },
    ]);
  });

  test.each(both(Query(Paging), Query('limit', ParseIntPipe)))('of a class does, too', (...decorators) => {
    expect(readBy(decorators).parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: true,
      schema: { type: 'integer', maximum: 100, default: 20 },
    });
  });

  test.each(both(Param('id'), Param('id', ParseUUIDPipe)))('of a path does, too', (...decorators) => {
    expect(readBy(decorators).parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    ]);
  });

  test.each(both(Headers('X-Page'), Headers('x-page', ParseIntPipe)))('of a header does, too', (...decorators) => {
    expect(readBy(decorators).parameters!.slice(1)).toMatchObject([
      { in: 'header', required: true, schema: { type: 'integer' } },
    ]);
  });

  test.each(both(Body('id'), Body('id', ParseUUIDPipe)))('of a body does, too', (...decorators) => {
    expect(readBy(decorators).requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { properties: { id: { format: 'uuid' } }, required: ['id'] } } },
    });
  });

  test('keeps what one of them says', () => {
    @Controller()
    class Things {
      @Post() post(@Body() _raw: unknown, @Body(Note) _note: unknown) {}
    }
    expect(operationOf(Things).requestBody).toEqual({
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
    });
  });
});

test('a parameter has the pattern of its path and that of its rules', () => {
  class Key {
    @Matches(/^[a-z]/) name!: string;
  }
  @Controller()
  class Things {
    @Get(':name([a-z0-9]+)') get(@Param() _key: Key) {}
  }
  expect(operationOf(Things).parameters).toEqual([
    {
      name: 'name',
      in: 'path',
      required: true,
      schema: { type: 'string', pattern: '^[a-z]', allOf: [{ pattern: '^(?:[a-z0-9]+)$' }] },
    },
  ]);
});

describe('refusals', () => {
  const NARROW = { transform: (value: unknown) => value, describeInput: () => ({ refusal: 409 }) };
  const PARSE = new ParseIntPipe({ errorHttpStatusCode: 400 });

  test('of several pipes are all there', () => {
    @Controller()
    class Things {
      @Get() get(@Query('n', PARSE, NARROW) _n: number) {}
    }
    expect(Object.keys(operationOf(Things).responses)).toEqual(['204', '400', '409', '4XX']);
  });

  test('of one status have the bodies of both, whatever the order of the parameters', () => {
    @Controller('things')
    class Things {
      @Get('a') one(@Query() _paging: Paging, @Query('n', PARSE) _n: number) {}
      @Get('b') other(@Query('n', PARSE) _n: number, @Query() _paging: Paging) {}
    }
    const { paths } = documentOf([Things], {}, { validation: { errorHttpStatusCode: 400 } });
    const [one, other] = ['a', 'b'].map((name) => paths[`/things/${name}`]!.get!.responses['400']);
    expect(one).toMatchObject({
      content: {
        'application/json': {
          schema: {
            anyOf: [{ $ref: '#/components/schemas/ValidationError' }, { $ref: '#/components/schemas/HttpError' }],
          },
        },
      },
    });
    expect(other).toEqual(one);
  });
});

describe('bodies', () => {
  const NOTE = { schema: { $ref: '#/components/schemas/Note' } };
  const N = { schema: { type: 'object', properties: { n: { type: 'number' } } } };
  const COVER = {
    transform: (value: unknown) => value,
    describeInput: () => ({ schema: { contentMediaType: 'image/png' }, refusal: 415 }),
  };

  class BodyByType {
    @Post() post(_note: Note) {}
  }
  class BodyByDecorator {
    @Post() post(@Body(Note) _note: unknown) {}
  }
  class BodyOfAnything {
    @Post() post(@Body() _any: unknown) {}
  }
  class BodyAsText {
    @Post() post(@Body() _text: string) {}
  }
  class BodyAsAList {
    @Post() post(@Body(new ParseArrayPipe({ items: Note })) _notes: Note[]) {}
  }
  class BodyMemberByMember {
    @Post() post(@Body('note') _note: Note, @Body('n') _n: number) {}
  }
  class BodyAsAWholeAndAMember {
    @Post() post(@Body() _any: unknown, @Body('n', ParseIntPipe) _n: number) {}
  }
  class BodyAsAForm {
    @Post() post(@Form() _note: Note) {}
  }
  class BodyAsEither {
    @Post('', { consumes: ['json', 'form'] }) post(@Body('n') _n: number) {}
  }
  class BodyAsWhatever {
    @Post('', { consumes: 'any' }) post(_note: Note) {}
  }
  class BodyAsJsonText {
    @Post('', { consumes: 'json' }) post(@Body() _text: string) {}
  }
  class BodyAsAFormWithFiles {
    @Post() post(_note: Note, @UploadedFile('cover') _cover: unknown, @UploadedFiles() _files: unknown[]) {}
  }
  class BodyAsAFormWithRequiredFiles {
    @Post() post(
      @UploadedFile('cover', { required: true }, COVER) _cover: unknown,
      @UploadedFiles({ required: true }) _files: unknown[],
      @UploadedFile('back', { required: false }) _back: unknown,
    ) {}
  }

  test.each([
    ['by type', BodyByType, true, { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } }],
    ['by decorator', BodyByDecorator, true, { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } }],
    ['of anything', BodyOfAnything, false, { 'application/json': { schema: {} } }],
    ['as text', BodyAsText, false, { 'text/plain': { schema: { type: 'string' } } }],
    [
      'as a list',
      BodyAsAList,
      true,
      {
        'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Note' } } },
      },
    ],
    [
      'member by member',
      BodyMemberByMember,
      true,
      {
        'application/json': {
          schema: {
            type: 'object',
            properties: { note: { $ref: '#/components/schemas/Note' }, n: { type: 'number' } },
            required: ['note'],
          },
        },
      },
    ],
    [
      'as a whole and a member',
      BodyAsAWholeAndAMember,
      true,
      { 'application/json': { schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } } },
    ],
    ['as a form', BodyAsAForm, true, { 'application/x-www-form-urlencoded': NOTE, 'multipart/form-data': NOTE }],
    [
      'as JSON or a form',
      BodyAsEither,
      false,
      { 'application/json': N, 'application/x-www-form-urlencoded': N, 'multipart/form-data': N },
    ],
    [
      'as whatever comes',
      BodyAsWhatever,
      true,
      { 'application/json': NOTE, 'application/x-www-form-urlencoded': NOTE, 'multipart/form-data': NOTE },
    ],
    ['as the text of JSON', BodyAsJsonText, false, { 'application/json': { schema: { type: 'string' } } }],
    [
      'as a form with files',
      BodyAsAFormWithFiles,
      true,
      {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              text: { type: 'string' },
              cover: { contentMediaType: 'application/octet-stream' },
              files: { type: 'array', items: { contentMediaType: 'application/octet-stream' } },
            },
            required: ['text'],
          },
        },
      },
    ],
    [
      'as a form with required files',
      BodyAsAFormWithRequiredFiles,
      true,
      {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              cover: { contentMediaType: 'image/png' },
              files: { type: 'array', items: { contentMediaType: 'application/octet-stream' }, minItems: 1 },
              back: { contentMediaType: 'application/octet-stream' },
            },
            required: ['cover', 'files'],
          },
        },
      },
    ],
  ] as const)('%s', (_name, type, required, content) => {
    Controller('notes')(type);
    expect(operationOf(type).requestBody).toEqual({ required, content });
  });

  test('are refused where a required file is missing, beside what pipes refuse', () => {
    @Controller()
    class Covers {
      @Post() post(@UploadedFile('cover', { required: true }, COVER) _cover: unknown) {}
    }
    expect(Object.keys(operationOf(Covers).responses)).toEqual(expect.arrayContaining(['415', '422']));
  });

  test('require each member once, however many parameters read it', () => {
    class Upload {
      @IsString() cover!: string;
    }
    @Controller()
    class Things {
      @Post('a') twice(@Body('n', ParseIntPipe) _n: number, @Body('n', ParseIntPipe) _same: number) {}
      @Post('b') file(@Form() _upload: Upload, @UploadedFile('cover', { required: true }) _cover: unknown) {}
    }
    const { paths } = documentOf([Things]);
    const required = ['/a', '/b'].map(
      (path) => Object.values(paths[path]!.post!.requestBody!.content)[0]!.schema!.required,
    );
    expect(required).toEqual([['n'], ['cover']]);
  });

  test('are none where nothing is read from one', () => {
    @Controller()
    class Things {
      @Post() post() {}
    }
    expect(operationOf(Things).requestBody).toBeUndefined();
  });
});

describe('answers', () => {
  class AnswerAClass {
    @Get() get(): Note {
      throw new Error();
    }
  }
  class AnswerAScalar {
    @Get() get(): number {
      return 1;
    }
  }
  class AnswerWhatNobodyKnows {
    @Post('', { status: 201 }) async get() {
      return 1;
    }
  }
  class AnswerAStream {
    @Get() get(): StreamResponse {
      throw new Error();
    }
  }
  class AnswerAStreamOfAType {
    @Header('Content-Type', 'text/csv') @Get() get(): StreamResponse {
      throw new Error();
    }
  }
  class AnswerNothing {
    @HttpCode(204) @Get() get() {}
  }
  class AnswerWhatApiresponseSays {
    @ApiResponse({ status: 200, type: [Note], description: 'All.' }) @Get() async get() {
      return [];
    }
  }
  class AnswerASchemaAsItIsGiven {
    @ApiResponse({ status: 200, schema: { type: 'null' }, example: null }) @Get() get() {}
  }

  test.each([
    ['a class', AnswerAClass, '200', { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } }],
    ['a scalar', AnswerAScalar, '200', { 'application/json': { schema: { type: 'number' } } }],
    ['what nobody knows', AnswerWhatNobodyKnows, '201', { 'application/json': { schema: {} } }],
    ['a stream', AnswerAStream, '200', { '*/*': {} }],
    ['a stream of a type', AnswerAStreamOfAType, '200', { 'text/csv': {} }],
    ['nothing', AnswerNothing, '204', undefined],
    [
      'what @ApiResponse says',
      AnswerWhatApiresponseSays,
      '200',
      {
        'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Note' } } },
      },
    ],
    [
      'a schema as it is given',
      AnswerASchemaAsItIsGiven,
      '200',
      {
        'application/json': { schema: { type: 'null' }, example: null },
      },
    ],
  ] as const)('of %s', (_name, type, status, content) => {
    Controller('notes')(type);
    expect((operationOf(type).responses[status] as ResponseObject).content).toEqual(content);
  });

  test('of a redirect say where it is told', () => {
    @Controller()
    class Old {
      @Redirect('/new', 308) @Get() get() {}
    }
    expect(operationOf(Old).responses['308']).toMatchObject({ headers: { location: { schema: { type: 'string' } } } });
  });

  test('hold only schemas that something refers to', () => {
    @Controller()
    class Things {
      @Get() get() {}
    }
    const { components } = documentOf([Things]);
    expect([Object.keys(components.schemas), Object.keys(components.responses)]).toEqual([['HttpError'], ['Refused']]);
  });
});

describe('the head', () => {
  test('is what the options say', () => {
    const options = {
      ...info,
      description: 'Of it.',
      servers: ['https://api.test', { url: '/v1' }],
      tags: [{ name: 'A' }],
    };
    expect(documentOf([], options)).toEqual({
      openapi: '3.1.1',
      info: { ...info, description: 'Of it.' },
      servers: [{ url: 'https://api.test' }, { url: '/v1' }],
      tags: [{ name: 'A' }],
      security: [],
      paths: {},
      components: { schemas: {}, responses: {} },
    });
  });

  test.each([
    [{ title: '' }, 'The API document has no title'],
    [{ version: '' }, 'The API document has no version'],
    [{ titel: 'x' }, 'Unknown in the options of the API document: titel'],
  ])('refuses %j', (options, message) => {
    expect(() => documentOf([], options as object)).toThrow(message);
  });
});
