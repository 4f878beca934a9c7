import 'reflect-metadata';
import { IsEnum, IsString } from 'class-validator';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiDefaultResponse,
  ApiExcludeEndpoint,
  ApiExtraModels,
  ApiHeader,
  ApiHeaders,
  ApiHideProperty,
  ApiNotFoundResponse,
  ApiOAuth2,
  ApiOkResponse,
  ApiParam,
  ApiProduces,
  ApiPropertyOptional,
  ApiQuery,
  ApiResponseProperty,
  getSchemaPath,
} from '../../src/decorators/api-nestjs.js';
import { ApiProperty, ApiResponse, ApiSecurity } from '../../src/decorators/api.js';
import { Body, Param, Query } from '../../src/decorators/parameters.js';
import { SetMetadata } from '../../src/decorators/reflector.js';
import { Controller, Get, Header, Post } from '../../src/decorators/routes.js';
import { HttpStatus } from '../../src/errors/http-status.js';
import * as openapi from '../../src/openapi/index.js';
import type { ResponseObject } from '../../src/openapi/openapi-document.js';
import { documentOf, operationOf } from './documented.js';

enum Colour {
  RED = 'red',
  BLUE = 'blue',
}

class Cat {
  @IsString() @ApiProperty({ example: 'Minka' }) name!: string;
  @ApiProperty({ enum: Colour, isArray: true }) colours!: Colour[];
  @ApiProperty({ enum: Colour, enumName: 'Colour' }) collar!: Colour;
  @ApiProperty({ type: () => Cat, isArray: true }) kittens!: Cat[];
  @ApiPropertyOptional({ type: String }) note?: string;
  @ApiResponseProperty({ type: Number }) id!: number;
  @ApiHideProperty() secret?: string;
}

test('every status with a decorator of its own in NestJS has the decorator of that status', () => {
  const named = Object.entries(HttpStatus).flatMap(([name, status]) => {
    const words = name.split('_').map((word) => word[0] + word.slice(1).toLowerCase());
    const decorator = (openapi as Record<string, unknown>)[`Api${name === 'OK' ? 'Ok' : words.join('')}Response`];
    return typeof decorator === 'function' ? [[status, decorator as typeof ApiOkResponse] as const] : [];
  });
  expect(named.length).toBeGreaterThan(25);
  for (const [status, decorator] of named) {
    class Cats {
      @decorator({ description: 'So it is.' }) @Get() get() {}
    }
    Controller()(Cats);
    expect(operationOf(Cats).responses[status]).toMatchObject({ description: 'So it is.' });
  }
});

test('answers, parameters and bodies are described with NestJS options', () => {
  @ApiHeader({ name: 'X-Tenant', description: 'Whose cats.', required: true })
  @Controller('cats')
  class Cats {
    @ApiCreatedResponse({ type: Cat, description: 'Born.' })
    @ApiNotFoundResponse({ description: 'No such owner.' })
    @ApiDefaultResponse({ description: 'Else.' })
    @ApiParam({ name: 'owner', description: 'Its id.', example: 7, type: Number })
    @ApiQuery({ name: 'colour', enum: Colour, isArray: true, required: false })
    @ApiQuery({ name: 'sort', type: 'string' })
    @ApiHeaders([{ name: 'X-A' }, { name: 'X-B' }])
    @ApiBody({ type: Cat, description: 'The cat.', examples: { minka: { value: { name: 'Minka' } } } })
    @ApiConsumes('application/json', 'application/xml')
    @Post(':owner', { status: 201 })
    add(@Param('owner') owner: string, @Query('colour') colour: string, @Body() body: Cat) {
      return [owner, colour, body];
    }
  }
  const { parameters, requestBody, responses } = operationOf(Cats);
  expect(parameters).toEqual([
    { name: 'owner', in: 'path', required: true, description: 'Its id.', example: 7, schema: { type: 'number' } },
    { name: 'colour', in: 'query', schema: { type: 'array', items: { type: 'string', enum: ['red', 'blue'] } } },
    { name: 'X-Tenant', in: 'header', required: true, description: 'Whose cats.', schema: { type: 'string' } },
    { name: 'X-B', in: 'header', schema: { type: 'string' } },
    { name: 'X-A', in: 'header', schema: { type: 'string' } },
    { name: 'sort', in: 'query', schema: { type: 'string' } },
  ]);
  const media = { schema: { $ref: '#/components/schemas/Cat' }, examples: { minka: { value: { name: 'Minka' } } } };
  expect(requestBody).toEqual({
    description: 'The cat.',
    required: true,
    content: { 'application/json': media, 'application/xml': media },
  });
  expect(Object.keys(responses)).toEqual(['201', '404', '422', 'default', '4XX']);
});

test('described successes have the media types that the route sends, and errors are JSON', () => {
  class Cats {
    @ApiProduces('text/csv', 'text/plain')
    @ApiOkResponse({ type: String, example: 'Minka' })
    @ApiNotFoundResponse({ type: Cat })
    @Get('produced')
    produced() {}

    @Header('content-type', 'text/csv')
    @ApiOkResponse({ schema: { type: 'string' } })
    @Get('sent')
    sent() {}

    @ApiProduces('text/csv') @ApiResponse({ status: 200, type: String, mediaType: 'text/html' }) @Get('own') own() {}
  }
  Controller()(Cats);
  const { paths } = documentOf([Cats]);
  const contentOf = (path: string, status = 200) => (paths[path]!.get!.responses[status] as ResponseObject).content;
  const text = { schema: { type: 'string' }, example: 'Minka' };
  expect(contentOf('/produced')).toEqual({ 'text/csv': text, 'text/plain': text });
  expect(contentOf('/produced', 404)).toEqual({ 'application/json': { schema: { $ref: '#/components/schemas/Cat' } } });
  expect(contentOf('/sent')).toEqual({ 'text/csv': { schema: { type: 'string' } } });
  expect(Object.keys(contentOf('/own')!)).toContain('text/html');
});

test('the name of an enum stands for its values and for the rules about them', () => {
  class Collar {
    @ApiProperty({ enum: Colour, enumName: 'Colour', description: 'Of the collar.' }) @IsEnum(Colour) colour!: Colour;
  }
  @Controller()
  class Collars {
    @Post() add(@Body() collar: Collar) {
      return collar;
    }
  }
  const { schemas } = documentOf([Collars]).components;
  expect(schemas['Collar']!.properties).toEqual({
    colour: { $ref: '#/components/schemas/Colour', description: 'Of the collar.' },
  });
});

test('a described body keeps every media type that the route accepts', () => {
  @Controller()
  class Cats {
    @ApiBody({ description: 'Anything.' }) @Post('', { consumes: ['json', 'form'] }) add(@Body() _body: unknown) {}
  }
  expect(operationOf(Cats).requestBody).toEqual({
    description: 'Anything.',
    required: false,
    content: {
      'application/json': { schema: {} },
      'application/x-www-form-urlencoded': { schema: {} },
      'multipart/form-data': { schema: {} },
    },
  });
});

test('properties have lists, named values, and what is only answered', () => {
  @Controller()
  class Cats {
    @Get() get(): Cat {
      throw new Error('Nothing is called');
    }
  }
  const { schemas } = documentOf([Cats]).components;
  expect(schemas['Cat']!.properties).toMatchObject({
    colours: { type: 'array', items: { type: 'string', enum: ['red', 'blue'] } },
    collar: { $ref: '#/components/schemas/Colour' },
    kittens: { type: 'array', items: { $ref: '#/components/schemas/Cat' } },
    id: { type: 'number', readOnly: true },
  });
  expect(schemas['Cat']!.properties).not.toHaveProperty('secret');
  expect(schemas['Cat']!.required).not.toContain('note');
  expect(schemas['Colour']).toEqual({ type: 'string', enum: ['red', 'blue'] });
});

test('named values that share their name with other values, or with a class, replace nothing', () => {
  class Shade {
    @ApiProperty({ enum: ['light', 'dark'], enumName: 'Shade' }) depth!: string;
    @ApiProperty({ enum: ['warm', 'cold'], enumName: 'Shade' }) tone!: string;
    @ApiProperty({ enum: ['warm', 'cold'], enumName: 'Shade' }) base!: string;
  }
  @Controller()
  class Shades {
    @Get() get(): Shade {
      throw new Error('Nothing is called');
    }
  }
  const { schemas } = documentOf([Shades]).components;
  expect(schemas['Shade']!.properties).toEqual({
    depth: { $ref: '#/components/schemas/Shade2' },
    tone: { $ref: '#/components/schemas/Shade3' },
    base: { $ref: '#/components/schemas/Shade3' },
  });
  expect([schemas['Shade2']!.enum, schemas['Shade3']!.enum]).toEqual([
    ['light', 'dark'],
    ['warm', 'cold'],
  ]);
});

test('a path parameter that no form of the path has is refused, and one of a longer form is of that form alone', () => {
  @Controller('cats')
  class Wrong {
    @ApiParam({ name: 'ownr' }) @Get(':owner') get() {}
  }
  expect(() => documentOf([Wrong])).toThrow(
    '@ApiParam of Wrong.get names the parameter "ownr", but its path has owner. Correct the name or the path.',
  );
  @Controller('cats')
  class Optional {
    @ApiParam({ name: 'page', description: 'From 1.' }) @Get(':owner/:page?') get() {}
  }
  const { paths } = documentOf([Optional]);
  expect(paths['/cats/{owner}/{page}']!.get!.parameters).toContainEqual({
    name: 'page',
    in: 'path',
    required: true,
    description: 'From 1.',
    schema: { type: 'string' },
  });
  expect(paths['/cats/{owner}']!.get!.parameters!.map(({ name }) => name)).toEqual(['owner']);
});

test('classes that no type names have a schema, and a reference without one is refused', () => {
  const schema = { type: 'array', items: { $ref: getSchemaPath(Cat) } };
  @ApiExtraModels(Cat)
  @Controller()
  class Cats {
    @ApiOkResponse({ schema }) @ApiProduces('text/csv') @Get() async get() {}
  }
  const document = documentOf([Cats]);
  expect(document.components.schemas).toHaveProperty('Cat');
  @Controller()
  class Alone {
    @ApiOkResponse({ schema }) @Get() async get() {}
  }
  expect(() => documentOf([Alone])).toThrow(
    'refers to the schema "Cat", which it does not have. Add its class with @ApiExtraModels(Cat).',
  );
});

const Public = (open = true) => SetMetadata('isPublic', open);

describe('security', () => {
  const securitySchemes = {
    bearer: { type: 'http', scheme: 'bearer' },
    key: { type: 'apiKey', in: 'header', name: 'x-key' },
    oauth2: {
      type: 'oauth2',
      flows: { implicit: { authorizationUrl: 'https://auth.test', scopes: { read: 'Reads.' } } },
    },
  } as const;

  test('asks for one of several schemes, or for several together', () => {
    @Controller()
    class Cats {
      @ApiBearerAuth() @ApiOAuth2(['read']) @Get('any') any() {}
      @ApiSecurity({ bearer: [], key: [] }) @Get('both') both() {}
    }
    const { paths, security } = documentOf([Cats], { securitySchemes, security: [{ bearer: [], key: [] }, 'oauth2'] });
    expect(paths['/any']!.get!.security).toEqual([{ bearer: [] }, { oauth2: ['read'] }]);
    expect(paths['/both']!.get!.security).toEqual([{ bearer: [], key: [] }]);
    expect(security).toEqual([{ bearer: [], key: [] }, { oauth2: [] }]);
  });

  test('names schemes that are there, together too', () => {
    @Controller()
    class Cats {
      @ApiSecurity({ bearer: [], nokey: [] }) @Get() both() {}
    }
    expect(() => documentOf([Cats], { securitySchemes })).toThrow(
      '@ApiSecurity of Cats.both names the security scheme "nokey"',
    );
  });

  test('is none where the metadata that guards look for opens a route, unless decorators of the document say more', () => {
    @Controller('a')
    class Some {
      @Public() @Get('open') open() {}
      @Get('shut') shut() {}
      @Public() @ApiBearerAuth() @Get('said') said() {}
    }
    @Public()
    @Controller('b')
    class All {
      @Get('open') open() {}
      @Public(false) @Get('shut') shut() {}
      @ApiExcludeEndpoint() @Get('hidden') hidden() {}
    }
    const { paths } = documentOf([Some, All], { securitySchemes, security: ['key'], publicMetadata: 'isPublic' });
    const securities = Object.entries(paths).map(([path, { get }]) => [path, get!.security]);
    expect(securities).toEqual([
      ['/a/open', []],
      ['/a/shut', undefined],
      ['/a/said', [{ bearer: [] }]],
      ['/b/open', []],
      ['/b/shut', undefined],
    ]);
  });
});
