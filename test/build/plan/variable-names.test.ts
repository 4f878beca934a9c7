import fc from 'fast-check';
import { VariableNames } from '../../../src/build/plan/variable-names.js';

describe('names of variables', () => {
  test('are unique where hints are alike in all that is kept of them', () => {
    const names = new VariableNames();
    const long = 'TheServiceThatLooksAfterTheOrdersOfAllCustomers';
    const given = [`${long}InEurope`, `${long}InAsia`, `${long}InAsia`].map((hint) => names.unique(hint));
    expect(new Set(given).size).toBe(3);
    for (const name of given) expect(name).toMatch(/^TheServiceThatLooksAfterTheOrdersOfAllCu(\$\d+)?$/);
  });

  test('are unique whatever the hints', () => {
    const hint = fc.oneof(fc.constantFrom('a', 'a$2', 'a$2$2', 'x'.repeat(40), `${'x'.repeat(38)}$2`), fc.string());
    fc.assert(
      fc.property(fc.array(hint, { maxLength: 50 }), (hints) => {
        const names = new VariableNames();
        expect(new Set(hints.map((one) => names.unique(one))).size).toBe(hints.length);
      }),
    );
  });
});
