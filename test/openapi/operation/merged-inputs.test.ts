import { ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { z } from 'zod';
import { ApiProperty } from '../../../src/decorators/api.js';
import { Form, Query } from '../../../src/decorators/parameters.js';
import { Controller, Post } from '../../../src/decorators/routes.js';
import type { ParameterObject } from '../../../src/openapi/openapi-document.js';
import type { JsonSchema } from '../../../src/shared/json-schema.js';
import type { Constructor } from '../../../src/shared/types.js';
import { Test } from '../../../src/testing/index.js';
import { ParseArrayPipe } from '../../../src/validation/pipes/parse-array-pipe.js';
import { ParseBoolPipe, ParseIntPipe } from '../../../src/validation/pipes/parse-pipes.js';
import { documentOf, operationOf, validatorOf } from '../documented.js';

class Text {
  @IsString() v!: string;
}
class Maybe {
  @IsOptional() @IsIn(['5', 'a']) v?: string;
}
class Nullable {
  @ApiProperty({ nullable: true }) @IsOptional() @IsString() v?: string | null;
}
class Whole {
  @IsInt() @Min(3) @Max(9) v!: number;
}
class Flag {
  @IsBoolean() v!: boolean;
}
class Texts {
  @IsString({ each: true }) v!: string[];
}
class Numbers {
  @IsArray() @ArrayMinSize(1) @IsInt({ each: true }) @Min(4, { each: true }) v!: number[];
}

type Reading = readonly [read: (decorator: typeof Query | typeof Form) => ParameterDecorator, type: unknown];

const READINGS: Readonly<Record<string, Reading>> = {
  anything: [(from) => from('v'), Object],
  text: [(from) => from('v'), String],
  'a number': [(from) => from('v'), Number],
  'a list': [(from) => from('v'), Array],
  ParseIntPipe: [(from) => from('v', ParseIntPipe), Number],
  ParseBoolPipe: [(from) => from('v', ParseBoolPipe), Boolean],
  ParseArrayPipe: [(from) => from('v', new ParseArrayPipe({ items: Number })), Array],
  'a schema': [(from) => from('v', z.string()), Object],
  'a DTO with text': [(from) => from(), Text],
  'a DTO with some texts': [(from) => from(), Maybe],
  'a DTO with nullable text': [(from) => from(), Nullable],
  'a DTO with a number': [(from) => from(), Whole],
  'a DTO with a flag': [(from) => from(), Flag],
  'a DTO with a list': [(from) => from(), Texts],
  'a DTO with a list of numbers': [(from) => from(), Numbers],
};

/** Returns a controller whose method reads one value in several ways. */
function reading(decorator: typeof Query | typeof Form, readings: readonly Reading[], path = 'things'): Constructor {
  class Things {
    post(..._values: unknown[]) {
      return 'read';
    }
  }
  for (const [index, [read]] of readings.entries()) read(decorator)(Things.prototype, 'post', index);
  const types = readings.map(([, type]) => type);
  Reflect.defineMetadata('design:paramtypes', types, Things.prototype, 'post');
  Post(path)(Things.prototype, 'post', Object.getOwnPropertyDescriptor(Things.prototype, 'post')!);
  Controller()(Things);
  return Things;
}

const NAMES = Object.keys(READINGS);
const TEXTS = [[], ['5'], ['3'], ['a'], ['true'], ['5', '6'], ['a', 'b']];

/** Returns what a client that knows only the schema means by the values of a key. */
function meant({ type, items = {} }: JsonSchema, values: readonly string[]): unknown {
  if (type === 'array') return values.map((value) => scalar(items.type, value));
  return values.length === 1 ? scalar(type, values[0]!) : values;
}

function scalar(type: unknown, value: string): unknown {
  if (type === 'boolean') return value === 'true' ? true : value;
  return (type === 'number' || type === 'integer') && /^\d+$/.test(value) ? Number(value) : value;
}

test.each(NAMES)('the query of %s and anything else is what the application takes', async (one) => {
  const controllers = NAMES.map((other, index) => reading(Query, [READINGS[one]!, READINGS[other]!], `things${index}`));
  const document = documentOf(controllers);
  const problems = validatorOf(document);
  const app = await Test.createTestingModule({ controllers }).compile();
  for (const [index, other] of NAMES.entries()) {
    const [{ required, schema }] = document.paths[`/things${index}`]!.post!.parameters as [ParameterObject];
    for (const texts of TEXTS) {
      const isDocumented = texts.length === 0 ? required !== true : problems(schema, meant(schema, texts)) === '';
      const query = texts.map((text) => `v=${text}`).join('&');
      const { statusCode } = await app.inject({ method: 'POST', url: `/things${index}?${query}` });
      expect([other, texts, isDocumented]).toEqual([other, texts, statusCode === 200]);
    }
  }
  await app.close();
});

test('the fields of a form are text, too', () => {
  const [text, list] = [READINGS['text']!, READINGS['ParseArrayPipe']!];
  expect(operationOf(reading(Form, [text, list])).requestBody!.content['multipart/form-data']!.schema).toEqual({
    type: 'object',
    properties: { v: { type: 'number' } },
    required: ['v'],
  });
});

test('two lists have the items of both, and the notes of the first', () => {
  class Described {
    @ApiProperty({ description: 'First.', default: ['1'] }) @IsString({ each: true }) v!: string[];
  }
  class Other {
    @ApiProperty({ description: 'Second.' }) @IsArray() @IsInt({ each: true }) v!: number[];
  }
  @Controller()
  class Things {
    @Post() post(@Query() _one: Described, @Query() _other: Other) {}
  }
  expect(operationOf(Things).parameters).toEqual([
    {
      name: 'v',
      in: 'query',
      required: true,
      description: 'First.',
      schema: { type: 'array', items: { type: 'integer' }, default: ['1'] },
    },
  ]);
});
