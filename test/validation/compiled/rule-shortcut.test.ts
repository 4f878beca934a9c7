import {
  ArrayUnique,
  arrayUnique,
  IsEmail,
  isEmail,
  IsOptional,
  registerDecorator,
  ValidateBy,
  type ValidatorConstraintInterface,
} from 'class-validator';
import fc from 'fast-check';
import { Refusal } from '../../../src/errors/http-exception.js';
import { compiledReader, refusingReader } from '../../../src/validation/compiled/compiled-reader.js';
import { isNoEmail, isPlainEmail } from '../../../src/validation/reading/known-rules.js';
import { broken } from '../refusal.js';

const letters = fc.stringMatching(/^[a-zA-Z0-9._+@-]{0,12}$/);
const local = fc.stringMatching(/^[A-Za-z0-9_+-]{1,9}(\.[A-Za-z0-9_+-]{1,9}){0,3}$/);
const domain = fc.stringMatching(/^([a-zA-Z0-9]{1,9}(-{1,2}[a-zA-Z0-9]{1,4})?\.){1,4}[a-zA-Z]{1,8}$/);
const addresses = fc.oneof(
  fc.tuple(local, domain).map((parts) => parts.join('@')),
  fc.tuple(letters, letters).map((parts) => parts.join('@')),
  fc.tuple(local, domain, letters, fc.nat(40)).map(([name, host, more, at]) => `${name}@${host}`.slice(0, at) + more),
  fc.emailAddress(),
  fc.string(),
);

describe('the shortcut past isEmail', () => {
  test('takes nothing that isEmail refuses', () => {
    let taken = 0;
    fc.assert(
      fc.property(addresses, (address) => {
        if (!isPlainEmail(address)) return;
        taken++;
        expect(isEmail(address)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    // Else nothing of this was tested.
    expect(taken).toBeGreaterThan(500);
  });

  test('refuses nothing that isEmail takes', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(addresses, fc.anything()), (address) => {
        if (!isNoEmail(address)) return;
        refused++;
        expect(isEmail(address)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test.each(['ada@example.com', 'ada.lovelace+orders@mail.example.co.uk', 'a_b-c@x-1.io'])('takes %s', (address) => {
    expect(isPlainEmail(address)).toBe(true);
  });

  test.each([
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    'a@b',
    'a..b@example.com',
    '.a@example.com',
    'a@-b.com',
    'a@b-.com',
    'a@b.c',
    7,
    null,
    ['a@b.co'],
  ])('leaves %p to the library', (value) => {
    expect(isPlainEmail(value)).toBe(false);
  });
});

const named =
  (validator: ValidatorConstraintInterface, constraints?: unknown[]): PropertyDecorator =>
  (target, property) =>
    registerDecorator({
      name: 'isEmail',
      target: target.constructor,
      propertyName: String(property),
      constraints,
      validator,
    });

const ours: ValidatorConstraintInterface = { validate: (value) => String(value).endsWith('@acme.example') };

describe('a rule that is called isEmail', () => {
  test.each<[string, PropertyDecorator]>([
    ['of one’s own', named(ours)],
    ['of one’s own with constraints', named(ours, [undefined])],
    [
      'of one’s own that throws',
      named(
        {
          validate: (value) => {
            if (value === 'ada@example.com') return false;
            throw new Error('no');
          },
        },
        [undefined],
      ),
    ],
    ['with options', IsEmail({ host_blacklist: ['example.com'] })],
  ])('is asked where it is %s', async (_, decorate) => {
    class Target {
      declare email: string;
    }
    decorate(Target.prototype, 'email');
    expect(await broken(compiledReader(Target, { location: 'body' }), { email: 'ada@example.com' })).toEqual([
      'body.email isEmail',
    ]);
  });
});

const key = (item: { id: unknown }): unknown => item.id;

describe('the shortcut past @ArrayUnique', () => {
  const numbers = Array.from({ length: 100_000 }, (_, index) => index);
  class Lists {
    @IsOptional() @ArrayUnique() plain?: unknown[];
    @IsOptional() @ArrayUnique(key) keyed?: { id: unknown }[];
    @IsOptional()
    @ValidateBy({ name: 'arrayUnique', validator: { validate: (value) => (value as unknown[]).length < 3 } })
    own?: unknown[];
  }
  const read = compiledReader(Lists, { location: 'body' });

  test('takes and refuses long lists at once', async () => {
    const keyed = numbers.map((id) => ({ id }));
    expect(await read({ plain: numbers, keyed })).toBeInstanceOf(Lists);
    expect(await broken(read, { plain: [...numbers, 7], keyed: [...keyed, { id: 7 }] })).toEqual([
      'body.plain arrayUnique',
      'body.keyed arrayUnique',
    ]);
  });

  test('says what the rule says, for short lists and long ones', () => {
    const item = fc.oneof(fc.constantFrom<unknown>(NaN, 0, -0, null, undefined, '0', 'a'), fc.nat(10_000));
    const lists = fc.oneof(
      fc.array(item, { maxLength: 5 }),
      fc.uniqueArray(item, { minLength: 101, maxLength: 110 }),
      fc.array(item, { minLength: 101, maxLength: 110 }),
    );
    fc.assert(
      fc.property(lists, (plain) => {
        const taken = !(
          refusingReader(Lists, { location: 'body' })({ plain, keyed: plain.map((id) => ({ id })) }) instanceof Refusal
        );
        expect(taken).toBe(
          arrayUnique(plain) &&
            arrayUnique(
              plain.map((id) => ({ id })),
              key as (item: unknown) => unknown,
            ),
        );
      }),
    );
  });

  test('is not taken past a rule of one’s own', async () => {
    expect(await broken(read, { own: numbers })).toEqual(['body.own arrayUnique']);
  });
});
