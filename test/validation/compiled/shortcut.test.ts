import { IsEmail, isEmail, registerDecorator, type ValidatorConstraintInterface } from 'class-validator';
import fc from 'fast-check';
import { compiledReader } from '../../../src/validation/compiled-reader.js';
import { isNoEmail, isPlainEmail } from '../../../src/validation/compiled/shortcut.js';
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

  test.each([`${'a'.repeat(65)}@example.com`, `a@${'b'.repeat(64)}.com`, 'a@b', 'a..b@example.com', '.a@example.com', 'a@-b.com', 'a@b-.com', 'a@b.c', 7, null, ['a@b.co']])(
    'leaves %p to the library',
    (value) => {
      expect(isPlainEmail(value)).toBe(false);
    },
  );
});

const named = (validator: ValidatorConstraintInterface, constraints?: unknown[]): PropertyDecorator => (target, property) =>
  registerDecorator({ name: 'isEmail', target: target.constructor, propertyName: String(property), constraints, validator });

const ours: ValidatorConstraintInterface = { validate: (value) => String(value).endsWith('@acme.example') };

describe('a rule that is called isEmail', () => {
  test.each<[string, PropertyDecorator]>([
    ['of one’s own', named(ours)],
    ['of one’s own with constraints', named(ours, [undefined])],
    ['of one’s own that throws', named({ validate: (value) => { if (value === 'ada@example.com') return false; throw new Error('no'); } }, [undefined])],
    ['with options', IsEmail({ host_blacklist: ['example.com'] })],
  ])('is asked where it is %s', async (_, decorate) => {
    class Target { declare email: string; }
    decorate(Target.prototype, 'email');
    expect(await broken(compiledReader(Target, { location: 'body' }), { email: 'ada@example.com' })).toEqual(['body.email isEmail']);
  });
});
