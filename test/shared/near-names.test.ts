import { nearNames, suggestion } from '../../src/shared/near-names.js';

describe('near names', () => {
  test.each([
    ['dbUrl', ['DB_URL', 'API_URL'], ['DB_URL']],
    ['OrderService', ['OrdersService', 'CustomersService'], ['OrdersService']],
    ['Clock', ['SystemClock', 'Clerk', 'Calendar'], ['SystemClock', 'Clerk']],
    ['a', ['ab', 'A', 'b'], ['A']],
    ['', ['Anything', ''], ['']],
  ])('of %p among %p are %p', (name, candidates, near) => {
    expect(nearNames(name, candidates)).toEqual(near);
  });

  test('are three at most, each once', () => {
    expect(nearNames('same', ['same', 'same', 'same1', 'same2', 'same3'])).toEqual(['same', 'same1', 'same2']);
  });

  test('make a question, or nothing', () => {
    expect(suggestion('Clok', ['Clock', 'Orders'])).toBe(' Did you mean Clock?');
    expect(suggestion('Unrelated', ['Clock'])).toBe('');
  });
});
