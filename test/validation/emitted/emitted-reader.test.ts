import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Type } from 'class-transformer';
import { IsEmail, IsInt, IsOptional, IsString, ValidateIf, ValidateNested } from 'class-validator';
import { EMIT, EMIT_NOTE } from '../../../src/contracts/emittable.js';
import { refusingReader } from '../../../src/validation/compiled/compiled-reader.js';
import type { RefusingReader } from '../../../src/validation/input-reader.js';
import { parseSource } from '../../architecture/source-file.js';
import { waysThroughWall } from '../../architecture/wall.js';
import { repository } from '../../package/manifest.js';
import { emitted, WrittenModule } from '../compiled/emitted.js';

class Line {
  @IsInt() quantity!: number;
}

class Order {
  @IsEmail() email!: string;
  @ValidateIf((order: Order) => order.email !== '') @IsInt() count!: number;
  @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
}

test('a written reader imports nothing of the planning side, but for what no plan foresees', () => {
  const sources = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => parseSource(path.split(sep).join('/'), readFileSync(join(repository, 'src', path), 'utf8')));
  expect(waysThroughWall(sources, 'validation/emitted/emitted-reader.ts')).toEqual([
    'validation/emitted/emitted-reader.ts -> validation/compiled/process-libraries.ts',
  ]);
});

test('a written reader refers to what the application holds, in words that tell what it is', () => {
  const written = new WrittenModule();
  refusingReader(Order, { location: 'body' })[EMIT](written);
  expect([...written.held.values()].toSorted()).toEqual([
    'the class Line',
    'the class Order',
    'the function passed to @Type of Order.lines',
    'the rule conditionalValidation of Order.count',
    'the rule isEmail of Order.email',
    'the validator of the rule isEmail of Order.email',
  ]);
  expect(written.text).toContain('function buildOrder(input, depth) {\n');
  expect(written.text).toContain('function checkLine(object, found, depth) {\n');
  expect(written.text).not.toContain('Function(');
});

test('two readers of a class share its functions', () => {
  const written = new WrittenModule();
  for (const location of ['body', 'query'] as const) refusingReader(Order, { location })[EMIT](written);
  expect(written.text.match(/function buildOrder\b/g)).toHaveLength(1);
  expect(written.text.match(/function checkOrder\b/g)).toHaveLength(1);
});

test('a class with a discriminator is read by the libraries, and the reason says why', async () => {
  class Shape {
    @IsOptional() name?: string;
  }
  class Circle extends Shape {
    @IsString() radius!: string;
  }
  class Drawing {
    @Type(() => Shape, { discriminator: { property: 'kind', subTypes: [{ name: 'circle', value: Circle }] } })
    @ValidateNested()
    shape!: Shape;
  }
  const written = new WrittenModule();
  const [inProcess, order] = [Drawing, Order].map((type) => refusingReader(type, { location: 'body' }));
  const expressions = [inProcess!, order!, inProcess!].map((reader) => reader[EMIT](written));
  expect(inProcess![EMIT_NOTE]).toContain('Drawing is left to class-transformer');
  expect(order![EMIT_NOTE]).toBeUndefined();
  const [read, , again] = written.run(`[${expressions.join(', ')}]`) as RefusingReader[];
  for (const kind of ['circle', 'square', undefined]) {
    const input = { shape: { kind, radius: 1 } };
    expect(await read!(structuredClone(input))).toEqual(await inProcess!(structuredClone(input)));
    expect(await again!(structuredClone(input))).toEqual(await inProcess!(structuredClone(input)));
  }
  expect(await read!({ shape: { kind: 'circle', radius: 'r' } })).toEqual({ shape: expect.any(Circle) as unknown });
});

test('input that no plan foresees is read once the libraries are loaded', async () => {
  await jest.isolateModulesAsync(async () => {
    const { emittedReader } = await import('../../../src/validation/emitted/emitted-reader.js');
    const { foreign } = await import('../../../src/validation/reading/members.js');
    class Held {
      declare at: unknown;
    }
    const read = emittedReader({
      type: Held,
      loc: ['body'],
      options: {},
      build: (input, depth) => Object.assign(new Held(), { at: foreign((input as Held).at as object, depth) }),
      check: () => undefined,
    });
    const first = read({ at: new Date(0) });
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toEqual({ at: new Date(0) });
    expect(read({ at: new Date(0) })).toEqual({ at: new Date(0) });
  });
});

test('a property may have any name', () => {
  class Odd {}
  const names = [
    "it's",
    '"',
    '\\',
    '\n',
    '\u2028',
    '\ud800',
    '${x}',
    '`',
    ']; throw 1; //',
    'a-b',
    '0',
    '',
    'case',
    'ä',
  ];
  for (const name of names) IsInt()(Odd.prototype, name);
  const input = Object.fromEntries(names.map((name) => [name, 1]));
  expect(emitted(Odd, { location: 'body' })!(input)).toEqual(input);
});
