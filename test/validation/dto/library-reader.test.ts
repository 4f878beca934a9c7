import { Expose, Transform, Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  Length,
  Min,
  MinLength,
  Validate,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { libraryReader } from '../../../src/validation/dto/library-reader.js';
import { broken, outcome, refusal } from '../refusal.js';

class Customer {
  @IsEmail() email!: string;
  @IsOptional() @IsString() name?: string;
}

class Line {
  @IsString() @Length(1, 10) sku!: string;
  @IsInt() @IsPositive() quantity!: number;
}

class Order {
  @ValidateNested() @IsDefined() @Type(() => Customer) customer!: Customer;
  @ValidateNested({ each: true }) @ArrayMinSize(1) @Type(() => Line) lines!: Line[];
  @IsOptional() @IsString({ each: true }) tags?: string[];
}

const read = libraryReader(Order, { location: 'body' });
const valid = () => ({ customer: { email: 'ada@example.com' }, lines: [{ sku: 'A1', quantity: 2 }] });

describe('a valid body', () => {
  test('becomes an instance, with instances inside', async () => {
    const order = (await read(valid())) as Order;
    expect(order).toBeInstanceOf(Order);
    expect(order.customer).toBeInstanceOf(Customer);
    expect(order.lines[0]).toBeInstanceOf(Line);
    expect(order).toEqual(valid());
  });

  test('is not changed by being read', async () => {
    const body = { ...valid(), extra: { deep: [1, { a: 2 }] } };
    const before = structuredClone(body);
    await read(body);
    expect(JSON.stringify(body)).toBe(JSON.stringify(before));
  });

  test('keeps what is in a member without a class', async () => {
    class Note {
      @IsObject() meta!: Record<string, unknown>;
    }
    const body = { meta: { deep: { list: [1, 'a', null, { b: false }] } } };
    await expect(libraryReader(Note, { location: 'body' })(body)).resolves.toEqual(body);
  });
});

describe('an invalid body', () => {
  test('is refused with a detail for every broken rule, down to key and index', async () => {
    const body = {
      customer: { email: 'ada', name: 7 },
      lines: [
        { sku: 'A1', quantity: 2 },
        { sku: '', quantity: 0.5 },
      ],
    };
    expect(await refusal(read, body)).toEqual([
      { loc: ['body', 'customer', 'email'], msg: 'email must be an email', type: 'isEmail' },
      { loc: ['body', 'customer', 'name'], msg: 'name must be a string', type: 'isString' },
      { loc: ['body', 'lines', 1, 'sku'], msg: 'sku must be longer than or equal to 1 characters', type: 'isLength' },
      { loc: ['body', 'lines', 1, 'quantity'], msg: 'quantity must be an integer number', type: 'isInt' },
    ]);
  });

  test('lists every rule that one value breaks', async () => {
    expect(await broken(read, { ...valid(), lines: [{ sku: 5, quantity: 'x' }] })).toEqual([
      'body.lines.0.sku isLength',
      'body.lines.0.sku isString',
      'body.lines.0.quantity isPositive',
      'body.lines.0.quantity isInt',
    ]);
  });

  test('never shows the values that were sent', async () => {
    const error = await outcome(read, { ...valid(), customer: { email: 'secret-value' } });
    expect(JSON.stringify(error)).not.toContain('secret-value');
  });

  test('is told of by the key that was asked for', async () => {
    const inner = libraryReader(Customer, { location: 'body', key: 'customer' });
    expect(await broken(inner, {})).toEqual(['body.customer.email isEmail']);
  });

  test.each([null, [], [valid()], 'text', 7, true, new Map(), new Set(), new Date(), Buffer.from('{}')])(
    'is refused when it is %p instead of an object',
    async (value) => {
      expect(await refusal(read, value)).toEqual([{ loc: ['body'], msg: 'body must be an object', type: 'isObject' }]);
    },
  );

  test('is refused as missing when there is none', async () => {
    expect(await refusal(read, undefined)).toEqual([{ loc: ['body'], msg: 'body is required', type: 'required' }]);
  });
});

describe('rules', () => {
  test('may be asynchronous without saying so', async () => {
    const validator = { validate: async (value: unknown) => value !== 'ada', defaultMessage: () => 'taken' };
    class User {
      @ValidateBy({ name: 'isFree', validator }) name!: string;
    }
    const user = libraryReader(User, { location: 'body' });
    expect(await refusal(user, { name: 'ada' })).toEqual([{ loc: ['body', 'name'], msg: 'taken', type: 'isFree' }]);
    await expect(user({ name: 'bob' })).resolves.toEqual({ name: 'bob' });
  });

  test('may be classes with a name and no message', async () => {
    @ValidatorConstraint({ name: 'even' })
    class Even implements ValidatorConstraintInterface {
      validate(value: unknown): boolean {
        return Number(value) % 2 === 0;
      }
    }
    class Pair {
      @Validate(Even) size!: number;
    }
    const pair = libraryReader(Pair, { location: 'body' });
    expect(await refusal(pair, { size: 3 })).toEqual([{ loc: ['body', 'size'], msg: 'size is invalid', type: 'even' }]);
  });

  test('see the finished instance in message functions and in @ValidateIf', async () => {
    class Account {
      @IsIn(['card', 'cash']) kind!: string;
      @ValidateIf((account: Account) => account.isCard())
      @MinLength(3, { message: ({ object }) => `for ${(object as Account).isCard() ? 'cards' : 'nothing'}` })
      number?: string;
      isCard(): boolean {
        return this.kind === 'card';
      }
    }
    const account = libraryReader(Account, { location: 'body' });
    expect((await refusal(account, { kind: 'card', number: '1' }))[0]?.msg).toBe('for cards');
    await expect(account({ kind: 'cash', number: '1' })).resolves.toEqual({ kind: 'cash', number: '1' });
  });

  test('are inherited, and may be said again by the subclass', async () => {
    class Base {
      @IsString() id!: string;
      @IsInt() count!: number;
    }
    class Derived extends Base {
      @IsInt({ message: 'whole, please' }) declare count: number;
      @IsBoolean() on!: boolean;
    }
    const derived = libraryReader(Derived, { location: 'body' });
    expect(await refusal(derived, { id: 1, count: 'a', on: 1 })).toEqual(
      expect.arrayContaining([
        { loc: ['body', 'id'], msg: 'id must be a string', type: 'isString' },
        { loc: ['body', 'count'], msg: 'whole, please', type: 'isInt' },
        { loc: ['body', 'on'], msg: 'on must be a boolean value', type: 'isBoolean' },
      ]),
    );
  });

  test('of other groups are left out', async () => {
    class Patch {
      @IsString({ groups: ['create'] }) name!: string;
      @IsInt({ always: true }) version!: number;
    }
    expect(await broken(libraryReader(Patch, { location: 'body' }, { groups: ['update'] }), {})).toEqual([
      'body.version isInt',
    ]);
    expect(await broken(libraryReader(Patch, { location: 'body' }, { groups: ['create'] }), {})).toEqual([
      'body.name isString',
      'body.version isInt',
    ]);
  });

  test('that throw are the program’s own errors', async () => {
    class Fragile {
      @ValidateBy({
        name: 'x',
        validator: {
          validate: () => {
            throw new Error('broken rule');
          },
        },
      })
      a!: string;
    }
    expect(await outcome(libraryReader(Fragile, { location: 'body' }), {})).toEqual(new Error('broken rule'));
  });
});

const withMore = () => ({ ...valid(), admin: true, customer: { email: 'ada@example.com', role: 'root' } });

describe('members that no rule knows', () => {
  test('stay by default', async () => {
    await expect(read(withMore())).resolves.toMatchObject({ admin: true, customer: { role: 'root' } });
  });

  test('are taken off at every level with whitelist', async () => {
    const order = await libraryReader(Order, { location: 'body' }, { whitelist: true })(withMore());
    expect(order).toEqual(valid());
  });

  test('are refused at every level with forbidNonWhitelisted', async () => {
    const strict = libraryReader(Order, { location: 'body' }, { whitelist: true, forbidNonWhitelisted: true });
    expect(await refusal(strict, withMore())).toEqual([
      { loc: ['body', 'admin'], msg: 'property admin should not exist', type: 'whitelistValidation' },
      { loc: ['body', 'customer', 'role'], msg: 'property role should not exist', type: 'whitelistValidation' },
    ]);
  });
});

describe('conversion of JSON', () => {
  test('happens through @Type and @Transform only', async () => {
    class Event {
      @IsDate() @Type(() => Date) at!: Date;
      @IsString() @Transform(({ value }) => String(value).trim()) name!: string;
      @IsInt() count!: number;
    }
    const event = libraryReader(Event, { location: 'body' });
    await expect(event({ at: '2024-05-06', name: ' a ', count: 1 })).resolves.toEqual({
      at: new Date('2024-05-06'),
      name: 'a',
      count: 1,
    });
    expect(await broken(event, { at: '2024-05-06', name: '', count: '1' })).toEqual(['body.count isInt']);
  });

  test('reads members by the name that @Expose gives them', async () => {
    class Page {
      @Expose({ name: 'page_size' }) @IsInt() pageSize!: number;
    }
    await expect(libraryReader(Page, { location: 'body' })({ page_size: 5 })).resolves.toEqual({ pageSize: 5 });
  });

  test('finds the class by a discriminator, and leaves the body whole', async () => {
    class Pet {
      @IsString() kind!: string;
    }
    class Cat extends Pet {
      @IsInt() lives!: number;
    }
    class Home {
      @ValidateNested()
      @Type(() => Pet, {
        discriminator: { property: 'kind', subTypes: [{ name: 'cat', value: Cat }] },
        keepDiscriminatorProperty: false,
      })
      pet!: Pet;
    }
    const body = { pet: { kind: 'cat', lives: 'nine' } };
    expect(await broken(libraryReader(Home, { location: 'body' }), body)).toEqual(
      expect.arrayContaining(['body.pet.lives isInt']),
    );
    expect(body.pet.kind).toBe('cat');
  });

  test('builds maps and sets, and names their items', async () => {
    class Shelf {
      @ValidateNested({ each: true }) @Type(() => Line) byName!: Map<string, Line>;
      @ValidateNested({ each: true }) @Type(() => Line) all!: Set<Line>;
    }
    const shelf = libraryReader(Shelf, { location: 'body' });
    const line = { sku: 'A', quantity: 1 };
    const built = (await shelf({ byName: { a: line }, all: [line] })) as Shelf;
    expect(built.byName.get('a')).toBeInstanceOf(Line);
    expect([...built.all][0]).toBeInstanceOf(Line);
    expect(await broken(shelf, { byName: { a: line, b: {} }, all: [line, { sku: 'A', quantity: 0 }] })).toEqual([
      'body.byName.b.sku isLength',
      'body.byName.b.sku isString',
      'body.byName.b.quantity isPositive',
      'body.byName.b.quantity isInt',
      'body.all.1.quantity isPositive',
    ]);
  });

  class Anything {
    @IsOptional() @Type(() => String) text?: string;
    @IsOptional() @Type(() => Number) number?: number;
    @IsOptional() @Type(() => Date) date?: Date;
    @IsOptional() @Type(() => Buffer) bytes?: Buffer;
    @IsOptional() @Type(() => URL) url?: URL;
    @IsOptional() @ValidateNested() @Type(() => Anything) inner?: Anything;
    @IsOptional() @ValidateNested({ each: true }) @Type(() => Anything) inners?: Anything[];
  }
  const anything = libraryReader(Anything, { location: 'body' });

  test.each([
    [{ bytes: 7 }, ['body', 'bytes']],
    [{ url: {} }, ['body', 'url']],
    [{ inner: { bytes: true } }, ['body', 'inner', 'bytes']],
    [{ inners: [{}, { inner: { bytes: 1 } }] }, ['body', 'inners', 1, 'inner', 'bytes']],
  ])('that throws is 422: %j', async (body, loc) => {
    expect(await refusal(anything, body)).toEqual([
      { loc, msg: `${String(loc.at(-1))} could not be converted`, type: 'conversion' },
    ]);
  });

  test.each([
    { text: { toString: null, valueOf: null } },
    { number: { toString: 1, valueOf: 1 } },
    { date: { toString: {}, valueOf: {} } },
    { text: [{ toString: 1, valueOf: 1 }] },
    { inner: { constructor: 'x', text: { constructor: { name: 1 } } } },
  ])('does not fail on members that shadow an object’s own: %j', async (body) => {
    expect(await outcome(anything, body)).toBeInstanceOf(Anything);
  });

  test('that throws in a @Transform is the program’s own error', async () => {
    class Trimmed {
      @IsString() @Transform(({ value }) => (value as string).trim()) name!: string;
    }
    expect(await outcome(libraryReader(Trimmed, { location: 'body' }), { name: 7 })).toBeInstanceOf(TypeError);
  });
});

const nested = (depth: number, key: string) =>
  JSON.parse(`{"${key}":`.repeat(depth - 1) + '{}' + '}'.repeat(depth - 1)) as unknown;

describe('nesting', () => {
  class Tree {
    @IsOptional() @ValidateNested() @Type(() => Tree) child?: Tree;
    @IsOptional() data?: unknown;
  }
  const tree = libraryReader(Tree, { location: 'body' });

  test.each(['child', 'data', 'unknown'])('of 64 levels of %s is read, of 65 is 400', async (key) => {
    expect(await outcome(tree, nested(64, key))).toBeInstanceOf(Tree);
    expect(await outcome(tree, nested(65, key))).toMatchObject({
      statusCode: 400,
      detail: 'The input is nested more than 64 levels deep',
    });
  });

  test('of a million arrays is 400 as well', async () => {
    let value: unknown = [];
    for (let i = 0; i < 1_000_000; i++) value = [value];
    expect(await outcome(tree, { data: value })).toMatchObject({ statusCode: 400 });
  });
});

describe('a nested object that has no class', () => {
  class Loose {
    @ValidateNested() item!: Customer;
  }

  test('is refused in words for the caller', async () => {
    expect(await refusal(libraryReader(Loose, { location: 'body' }), { item: { email: 'ada@example.com' } })).toEqual([
      { loc: ['body', 'item'], msg: 'item is not of a type that can be checked', type: 'unknownValue' },
    ]);
  });
});

describe('enums', () => {
  enum Status {
    Open = 'open',
    Done = 'done',
  }
  class Filter {
    @IsEnum(Status) status!: Status;
    @IsNotEmpty() @IsArray() @Min(1, { each: true }) ids!: number[];
  }

  test('are checked by value', async () => {
    const filter = libraryReader(Filter, { location: 'body' });
    await expect(filter({ status: 'open', ids: [1] })).resolves.toEqual({ status: 'open', ids: [1] });
    expect(await broken(filter, { status: 'Open', ids: [0] })).toEqual(['body.status isEnum', 'body.ids min']);
  });
});
