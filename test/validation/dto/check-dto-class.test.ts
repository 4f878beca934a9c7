import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { checkDto, isDto } from '../../../src/validation/dto/check-dto-class.js';

class Plain {
  name!: string;
}
class Named {
  @IsString() name!: string;
}
class Inherited extends Named {}

function messageOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof BootstrapError) return error.message;
    throw error;
  }
  return 'fine';
}

/** What the compiler emits, as a decorator: swc and tsc differ, and both must be read. */
const emitted = (type: unknown) => (target: object, key: string) =>
  Reflect.defineMetadata('design:type', type, target, key);

describe('a DTO', () => {
  test.each([
    [Named, true],
    [Inherited, true],
    [Plain, false],
    [Object, false],
    [String, false],
    [Array, false],
    [undefined, false],
    [{}, false],
    [() => 1, false],
    ['Named', false],
  ])('is a class with rules, its own or inherited: %p', (type, expected) => {
    expect(isDto(type)).toBe(expected);
  });

  test('has no decorators of NestJS, for what they say would be in no document', () => {
    class Order {
      @IsString() name!: string;
    }
    Reflect.defineMetadata('swagger/apiModelPropertiesArray', [':name'], Order.prototype);
    class Cart {
      @ValidateNested() @Type(() => Order) order!: Order;
    }
    const message =
      "Cart: Order has a NestJS decorator (of @nestjs/swagger), which has no effect here: import it from 'lambent/openapi' instead.";
    expect(messageOf(() => checkDto(Cart, 'Cart'))).toBe(message);
  });

  test('may have any properties as long as nothing is nested without a class', () => {
    class Fine {
      @IsString() id!: string;
      @IsOptional() union?: string | number;
      @IsOptional() anything: unknown;
      @ValidateNested() @Type(() => Named) one!: Named | string;
      @ValidateNested({ each: true }) @Type(() => Named) many!: Named[];
      @ValidateNested() @Transform(({ value }) => Object.assign(new Named(), value)) made!: unknown;
      @IsOptional() @ValidateNested() @Type(() => Fine) self?: Fine;
    }
    expect(messageOf(() => checkDto(Fine, 'Orders.create'))).toBe('fine');
    expect(messageOf(() => checkDto(Inherited, 'Orders.create'))).toBe('fine');
    expect(messageOf(() => checkDto(Plain, 'Orders.create'))).toBe('fine');
  });
});

describe('an error at bootstrap', () => {
  test('tells of a nested class that nothing makes instances of', () => {
    class Unmade {
      @ValidateNested() direct!: Named;
    }
    expect(messageOf(() => checkDto(Unmade, 'Orders.create'))).toContain(
      'Unmade.direct is marked with @ValidateNested',
    );
    expect(messageOf(() => checkDto(Unmade, 'Orders.create'))).toContain('Add @Type(() => Named)');
  });

  test('tells of a DTO whose types were not emitted', () => {
    class Early {
      name!: string;
    }
    IsString()(Early.prototype, 'name');
    const message = messageOf(() => checkDto(Early, 'Orders.create(body)'));
    expect(message).toContain(
      'Orders.create(body): Early has validation rules, but the types of its properties are missing',
    );
    expect(message).toContain("import 'reflect-metadata'");
    expect(message).toContain('emitDecoratorMetadata');
  });

  test.each([
    ['an interface or a union', Object],
    ['a type-only import', Function],
    ['an array', Array],
    ['a map', Map],
    ['a set', Set],
  ])('tells of a nested property of %s without @Type', (_kind, type) => {
    class Loose {
      @IsString() id!: string;
    }
    emitted(type)(Loose.prototype, 'inner');
    ValidateNested()(Loose.prototype, 'inner');
    const message = messageOf(() => checkDto(Loose, 'Orders.create(body)'));
    expect(message).toContain('Loose.inner is marked with @ValidateNested');
    expect(message).toContain('@Type(() => X)');
  });

  test('finds it in the classes of nested properties, of discriminators too', () => {
    class Deep {
      @IsString() id!: string;
      @ValidateNested({ each: true }) items!: Named[];
    }
    class Outer {
      @ValidateNested({ each: true }) @Type(() => Deep) deep!: Deep[];
    }
    class Either {
      @ValidateNested()
      @Type(() => Named, { discriminator: { property: 'k', subTypes: [{ name: 'deep', value: Deep }] } })
      one!: Named;
    }
    expect(messageOf(() => checkDto(Outer, 'here'))).toContain('Deep.items is marked');
    expect(messageOf(() => checkDto(Either, 'here'))).toContain('Deep.items is marked');
  });

  test('tells of a @Type that names nothing', () => {
    class Circle {
      @ValidateNested() @Type(() => undefined as never) other!: Named;
    }
    expect(messageOf(() => checkDto(Circle, 'here'))).toContain(
      'Circle.other: the function passed to @Type returns undefined',
    );
  });
});

test.each(Object.getOwnPropertyNames(Object.prototype))(
  'a property called %s is refused: the library fails',
  (name) => {
    class Odd {}
    IsString()(Odd.prototype, name);
    expect(messageOf(() => checkDto(Odd, 'Orders.create(body)'))).toContain(`Odd.${name} can't have validation rules`);
  },
);
