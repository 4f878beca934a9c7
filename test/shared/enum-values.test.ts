import { enumValues } from '../../src/shared/enum-values.js';

enum Text {
  A = 'a',
  B = 'b',
}

enum Numbers {
  One = 1,
  Two = 2,
}

enum Mixed {
  One = 1,
  Two = 'two',
}

test.each<[string, unknown, readonly unknown[]]>([
  ['an enum of text', Text, ['a', 'b']],
  ['an enum of numbers', Numbers, [1, 2]],
  ['an enum of both', Mixed, [1, 'two']],
  ['an object with numbers as keys', { 1: 'one', 2: 'two' }, ['one', 'two']],
  ['a list', ['a', 1], ['a', 1]],
  ['nothing', undefined, []],
])('the values of %s', (_, given, values) => {
  expect(enumValues(given)).toEqual(values);
});
