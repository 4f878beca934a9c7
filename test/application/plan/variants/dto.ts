import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  Equals,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxDate,
  MinLength,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';
import { Injectable, PartialType, PickType } from '../../../../src/index.js';
import { type Variants, dtoApp } from './variant.js';

/** DTO classes. */
export const dtoVariants: Variants = {
  bigint: (on) => {
    class D {
      @Equals(on ? 1n : 1) x!: unknown;
    }
    return dtoApp(D);
  },
  'negative zero': (on) => {
    class D {
      @Equals(on ? -0 : 0) x!: unknown;
    }
    return dtoApp(D);
  },
  'set or list of values': (on) => {
    class D {
      @IsIn((on ? new Set(['a']) : ['a']) as never) x!: unknown;
    }
    return dtoApp(D);
  },
  'text or number': (on) => {
    class D {
      @Equals(on ? '1' : 1) x!: unknown;
    }
    return dtoApp(D);
  },
  'null or undefined': (on) => {
    class D {
      @Equals(on ? null : undefined) x!: unknown;
    }
    return dtoApp(D);
  },
  'nested data': (on) => {
    class D {
      @Equals(on ? { data: 1 } : { data: 2 }) x!: unknown;
    }
    return dtoApp(D);
  },
  'pattern flags': (on) => {
    class D {
      @Matches(on ? /a/i : /a/) x!: string;
    }
    return dtoApp(D);
  },
  'pattern as text': (on) => {
    class D {
      @Matches((on ? 'a' : /a/) as never) x!: string;
    }
    return dtoApp(D);
  },
  'condition of a rule': (on) => {
    class D {
      @IsString(on ? { validateIf: () => false } : {}) x!: string;
    }
    return dtoApp(D);
  },
  'context of a rule': (on) => {
    class D {
      @IsString(on ? { context: { code: 1 } } : {}) x!: string;
    }
    return dtoApp(D);
  },
  'content of a context': (on) => {
    class D {
      @IsString({ context: { code: on ? 1 : 2 } }) x!: string;
    }
    return dtoApp(D);
  },
  'message text or function': (on) => {
    class D {
      @IsString({ message: on ? 'a' : () => 'a' }) x!: string;
    }
    return dtoApp(D);
  },
  'optional or conditional': (on) => {
    class D {
      @(on ? IsOptional() : ValidateIf(() => true)) @IsString() x!: string;
    }
    return dtoApp(D);
  },
  'rules in another order': (on) => {
    const l = [IsString(), MinLength(2)];
    class D {
      @(l[on ? 0 : 1]!) @(l[on ? 1 : 0]!) x!: string;
    }
    return dtoApp(D);
  },
  'parent dto without compiler types': (on) => {
    class N {}
    (on ? IsString() : IsInt())(N.prototype, 'x');
    class D extends N {
      @IsOptional() n!: string;
    }
    return dtoApp(D);
  },
  'type that looks at the object': (on) => {
    class N {
      @IsString() a!: string;
    }
    class D {
      @ValidateNested() @Type(on ? () => N : (given) => (given!.object ? N : N)) n!: N;
    }
    return dtoApp(D);
  },
  'collection of a typed property': (on) => {
    class N {
      @IsString() a!: string;
    }
    class D {
      n!: unknown;
    }
    Reflect.defineMetadata('design:type', on ? Set : Array, D.prototype, 'n');
    ValidateNested({ each: true })(D.prototype, 'n');
    Type(() => N)(D.prototype, 'n');
    return dtoApp(D);
  },
  'type of an exposed property': (on) => {
    class D {
      @IsString() a!: string;
      n!: unknown;
    }
    Reflect.defineMetadata('design:type', on ? Number : Date, D.prototype, 'n');
    Expose()(D.prototype, 'n');
    return dtoApp(D);
  },
  'type that a subclass declares for a property': (on) => {
    class B {
      @IsOptional() n!: unknown;
    }
    class D extends B {
      @IsString() a!: string;
    }
    Reflect.defineMetadata('design:type', on ? Number : Date, D.prototype, 'n');
    return dtoApp(D);
  },
  'getter in a dto': (on) => {
    let T: Function;
    if (on) {
      class D {
        @IsString() a!: string;
        @IsOptional() b?: string;
      }
      T = D;
    } else {
      class D {
        @IsString() a!: string;
        @IsOptional() get b() {
          return 'x';
        }
      }
      T = D;
    }
    return dtoApp(T);
  },
  'undecorated method in a dto': (on) => {
    let T: Function;
    if (on) {
      class D {
        @IsString() a!: string;
        b?: string;
      }
      T = D;
    } else {
      class D {
        @IsString() a!: string;
        b() {
          return 1;
        }
      }
      T = D;
    }
    return dtoApp(T);
  },
  'partial type': (on) => {
    class A {
      @IsString() a!: string;
      @IsInt() b!: number;
    }
    class D extends (on ? PartialType(A) : A) {}
    Injectable()(D);
    return dtoApp(D);
  },
  picked: (on) => {
    class A {
      @IsString() a!: string;
      @IsInt() b!: number;
    }
    class D extends PickType(A, [on ? 'a' : 'b']) {}
    return dtoApp(D);
  },
  'validator class': (on) => {
    @ValidatorConstraint({ name: on ? 'a' : 'b' })
    class W {
      validate() {
        return true;
      }
    }
    class D {
      @Validate(W) a!: string;
    }
    return dtoApp(D);
  },
  'excluded class': (on) => {
    class D {
      @IsString() @Expose() a!: string;
    }
    if (on) Exclude()(D);
    return dtoApp(D);
  },
  'direction of transform': (on) => {
    class D {
      @IsString() @Transform(({ value }) => value as string, { toPlainOnly: on }) a!: string;
    }
    return dtoApp(D);
  },
  'groups option': (on) => {
    class D {
      @IsString({ groups: ['a'] }) a!: string;
    }
    return dtoApp(D, { validation: { groups: [on ? 'a' : 'b'] } });
  },
  'exception factory': (on) => {
    class D {
      @IsString() a!: string;
    }
    return dtoApp(D, { validation: on ? { exceptionFactory: () => new Error('x') } : {} });
  },
  'nested types': (on) => {
    class N {
      @IsString() a!: string;
    }
    class O {
      @IsString() a!: string;
    }
    class D {
      @ValidateNested() @Type(() => (on ? N : O)) n!: N;
    }
    return dtoApp(D);
  },
  'length limits': (on) => {
    class D {
      @Length(1, on ? 2 : undefined) a!: string;
    }
    return dtoApp(D);
  },
  'date limit': (on) => {
    class D {
      @MaxDate(new Date(on ? 1 : 2)) a!: Date;
    }
    return dtoApp(D);
  },
  enum: (on) => {
    class D {
      @IsIn(on ? ['a'] : ['a', 'b']) a!: string;
    }
    return dtoApp(D);
  },
  'static initial values': (on) => {
    class D {
      @IsString() a: string = on ? 'x' : 'y';
    }
    return dtoApp(D);
  },
};
