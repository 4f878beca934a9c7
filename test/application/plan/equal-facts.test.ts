import 'reflect-metadata';
import { Equals, IsString, ValidateIf } from 'class-validator';
import fc from 'fast-check';
import {
  Body,
  Controller,
  createParamDecorator,
  Get,
  JsonResponse,
  OnEvent,
  Post,
  UseGuards,
} from '../../../src/index.js';
import { classesVariants } from './variants/classes.js';
import { dtoVariants } from './variants/dto.js';
import { injectionVariants } from './variants/injection.js';
import { methodsVariants } from './variants/methods.js';
import { modulesVariants } from './variants/modules.js';
import { parametersVariants } from './variants/parameters.js';
import { planned } from './variants/planned.js';
import { type Created, moduleOf, type Variants } from './variants/variant.js';

// A start uses the plan of the build where both see the same facts. So applications of the same facts must have the
// same plan: these find what planning reads and facts lack.

const variants: Variants = {
  ...injectionVariants,
  ...classesVariants,
  ...methodsVariants,
  ...dtoVariants,
  ...parametersVariants,
  ...modulesVariants,
};

/** What the environment may decide without planning anew. */
const FREE = new Set([
  'useValue',
  'useValue kinds',
  'useValue that may be undefined',
  'useValue in dynamic',
  'root dynamic module',
  'cors origin',
  'metadata for a reflector',
  'guard object with members',
  'option guards with members',
  'content of a context',
  'date limit',
  'enum',
  'static initial values',
  'data object of a parameter decorator',
  'items of an array pipe',
  'schema',
  'default value',
]);

test.each(Object.keys(variants))('%s', async (name) => {
  const one = await planned(() => variants[name]!(true));
  const other = await planned(() => variants[name]!(false));
  expect(await planned(() => variants[name]!(false))).toEqual(other);
  expect([one.unseen, other.unseen]).toEqual([[], []]);
  expect([one.facts === other.facts, String(one.texts) === String(other.texts)]).toEqual(
    FREE.has(name) ? [true, true] : [expect.any(Boolean), one.facts === other.facts],
  );
  if (one.facts === other.facts) expect(one.plan).toBe(other.plan);
});

/** The places of objects and functions: which one of three each of them holds. */
const PLACES = [
  'option guard',
  'class guard',
  'method guard',
  'value',
  'other value',
  'data',
  'class as data',
  'allowed',
  'context',
  'parameter',
  'factory',
  'other factory',
  'predicate',
  'parameter factory',
  'message',
  'condition',
] as const;

type Held = Readonly<Record<(typeof PLACES)[number], number>>;

/** An object and a function that plans have names for, as for those that the framework exports. */
const NAMED = {
  object: { canActivate: () => true, transform: (value: unknown) => value },
  make: () => true,
};

/** An application in which the same objects and functions are in several places. */
function sharing(held: Held): Created {
  const object = [
    ...[0, 1].map(() => ({ canActivate: () => true, transform: (value: unknown) => value })),
    NAMED.object,
  ];
  const make = [...[0, 1].map(() => () => true), NAMED.make];
  const Given = createParamDecorator(make[held['parameter factory']]! as () => unknown);
  class Dto {
    @ValidateIf(make[held.condition]!)
    @Equals(object[held.allowed])
    @IsString({ context: object[held.context], message: make[held.message]! as unknown as () => string })
    kind!: string;
  }
  @Controller('shared')
  @UseGuards(object[held['class guard']]!)
  class Shared {
    @Get() @UseGuards(object[held['method guard']]!) get(@Given(object[held.data]) given: unknown) {
      return given;
    }
    @Get('class') ofClass(@Given([Shared, Map, JsonResponse][held['class as data']]) given: unknown) {
      return given;
    }
    @Post() post(@Body() body: Dto) {
      return body;
    }
    @Post('piped') piped(@Body(object[held.parameter]!) body: unknown) {
      return body;
    }
    @OnEvent(make[held.predicate]!) event() {
      return 1;
    }
  }
  const providers = [
    { provide: 'value', useValue: object[held.value] },
    { provide: 'other', useValue: object[held['other value']] },
    { provide: 'made', useFactory: make[held.factory] },
    { provide: 'made, too', useFactory: make[held['other factory']] },
  ];
  return moduleOf({ controllers: [Shared], providers }, { guards: [object[held['option guard']]!] });
}

test('plans of applications with the same facts find objects and functions in the same places', async () => {
  const anyHeld = fc.record(
    Object.fromEntries(PLACES.map((place) => [place, fc.nat({ max: 2 })])),
  ) as unknown as fc.Arbitrary<Held>;
  await fc.assert(
    fc.asyncProperty(anyHeld, fc.constantFrom(...PLACES), fc.nat({ max: 2 }), async (held, place, now) => {
      const one = await planned(() => sharing(held), NAMED);
      const other = await planned(() => sharing({ ...held, [place]: now }), NAMED);
      if (one.facts === other.facts) expect(one.plan).toBe(other.plan);
      expect(one.facts === other.facts).toBe(String(one.texts) === String(other.texts));
    }),
    { numRuns: 100 },
  );
});
