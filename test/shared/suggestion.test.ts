import { suggestion } from '../../src/shared/suggestion.js';

describe('a suggestion', () => {
  test.each([
    ['dbUrl', ['DB_URL', 'API_URL'], 'DB_URL'],
    ['OrderService', ['OrdersService', 'CustomersService'], 'OrdersService'],
    ['Clock', ['SystemClock', 'Clerk', 'Calendar'], 'SystemClock or Clerk'],
    ['a', ['ab', 'A', 'b'], 'A'],
    ['limt', ['--limit', '--name'], '--limit'],
  ])('for %p among %p names %p', (name, candidates, near) => {
    expect(suggestion(name, candidates)).toBe(` Did you mean ${near}?`);
  });

  test('has three names at most, each once', () => {
    expect(suggestion('same', ['same', 'same', 'same1', 'same2', 'same3'])).toBe(
      ' Did you mean same or same1 or same2?',
    );
  });

  test('is empty when nothing is similar', () => {
    expect(suggestion('Unrelated', ['Clock'])).toBe('');
  });
});
