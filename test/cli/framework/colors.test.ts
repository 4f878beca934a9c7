import { wantsColors } from '../../../src/cli/framework/colors.js';

test.each([
  [true, {}, true],
  [false, {}, false],
  [undefined, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [false, { FORCE_COLOR: '3', NO_COLOR: '1' }, true],
])('on a terminal: %s, with %j: %s', (isTerminal, env, wanted) => {
  expect(wantsColors(isTerminal, env)).toBe(wanted);
});
