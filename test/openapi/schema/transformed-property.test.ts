import { Expose, Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { ApiProperty, ApiResponse } from '../../../src/decorators/api.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Controller, Post } from '../../../src/decorators/routes.js';
import type { OperationObject, ResponseObject } from '../../../src/openapi/openapi-document.js';
import type { Constructor } from '../../../src/shared/types.js';
import { Test } from '../../../src/testing/index.js';
import { documentOf, validatorOf } from '../documented.js';

type Function = (params: { value: unknown }) => unknown;

const FUNCTIONS: readonly (readonly [string, Function])[] = [
  ['text', ({ value }) => String(value)],
  ['number', ({ value }) => Number(value)],
  ['flag', ({ value }) => value === 'yes'],
  ['list', ({ value }) => [value].flat()],
  ['object', ({ value }) => ({ value })],
  ['nothing', () => null],
  ['default', ({ value }) => value ?? 5],
];
/** Without those that the document has as they are declared. */
const TYPES = [Date, Array, Object];
const DECORATORS: readonly PropertyDecorator[][] = [[IsOptional()], [IsInt()], [IsString()], [IsInt(), Expose()]];
const BODIES = [{}, ...[5, '5', 'yes', true, null, ['5'], { value: 5 }].map((v) => ({ v }))];

/** Returns a class of one property. */
function classOf(type: unknown, decorators: readonly PropertyDecorator[]): Constructor {
  class Thing {
    v!: unknown;
  }
  Reflect.defineMetadata('design:type', type, Thing.prototype, 'v');
  for (const decorate of decorators) decorate(Thing.prototype, 'v');
  return Thing;
}

/** Sends bodies through methods that return an instance, and compares what is accepted or sent with the document. */
async function compare(types: readonly Constructor[], direction: 'input' | 'output'): Promise<void> {
  const controllers = types.map(echoOf);
  const document = documentOf(controllers);
  const problems = validatorOf(document);
  const app = await Test.createTestingModule({ controllers }).compile();
  for (const [path, { post }] of Object.entries(document.paths)) {
    const [request, response] = schemasOf(post!);
    for (const body of BODIES) {
      const answer = await app.inject({ method: 'POST', url: path, payload: body });
      if (answer.statusCode >= 400) continue;
      const [schema, value] = direction === 'input' ? [request, body] : [response, answer.json()];
      expect([path, value, problems(schema, value)]).toEqual([path, value, '']);
    }
  }
  await app.close();
}

function echoOf(type: Constructor, index: number): Constructor {
  class Things {
    post(body: unknown) {
      return body;
    }
  }
  Body(type)(Things.prototype, 'post', 0);
  ApiResponse({ status: 200, type })(Things.prototype, 'post', {});
  Reflect.defineMetadata('design:paramtypes', [Object], Things.prototype, 'post');
  Post(`things${index}`)(Things.prototype, 'post', Object.getOwnPropertyDescriptor(Things.prototype, 'post')!);
  Controller()(Things);
  return Things;
}

function schemaOf(type: Constructor): object {
  return documentOf([echoOf(type, 0)]).components.schemas[type.name]!;
}

function schemasOf({ requestBody, responses }: OperationObject): [request: object, response: object] {
  const { content } = responses['200'] as ResponseObject;
  return [requestBody!.content['application/json']!.schema!, content!['application/json']!.schema!];
}

test.each(FUNCTIONS)(
  'a @Transform into %s accepts in the document what the application takes',
  async (_, transform) => {
    const into = Transform(transform, { toClassOnly: true });
    const types = TYPES.flatMap((type) => DECORATORS.map((decorators) => classOf(type, [into, ...decorators])));
    await compare(types, 'input');
  },
);

test.each(FUNCTIONS)('a @Transform into %s sends what the document says', async (_, transform) => {
  const from = Transform(transform, { toPlainOnly: true });
  await compare(
    TYPES.map((type) => classOf(type, [from, IsOptional()])),
    'output',
  );
});

test.each([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
])('the document has the declared type %p, which most functions keep', (declared, type) => {
  const thing = classOf(declared, [Transform(({ value }) => value as unknown), IsOptional()]);
  expect(schemaOf(thing)).toEqual({ type: 'object', properties: { v: { type } } });
});

test.each([String, Number, Boolean])('a %p that is exposed may be missing, because the function is called', (type) => {
  const thing = classOf(type, [Transform(() => 5), IsInt(), Expose()]);
  expect(schemaOf(thing)).not.toHaveProperty('required');
});

test('@ApiProperty declares the type of a property with @Transform', () => {
  class Thing {
    @Transform(({ value }) => Number(value)) @ApiProperty({ type: String }) @IsInt() v!: number;
  }
  @Controller()
  class Things {
    @Post() post(@Body() _thing: Thing) {}
  }
  expect(documentOf([Things]).components.schemas['Thing']).toEqual({
    type: 'object',
    properties: { v: { type: 'string' } },
    required: ['v'],
  });
});
