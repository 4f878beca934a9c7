import { serialize } from '../../src/validation/serialize.js';
import { responseSuite } from './response-suite.js';

responseSuite();

test('an instance without decorators is not looked at again and not copied', () => {
  class Point { x = 1; y = 2; }
  const points = [new Point(), new Point()];
  expect(serialize(points)).toBe(points);
});
