import { CommandError, errorText } from '../../src/cli/framework/errors.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';

/** As rolldown makes it. */
const ofBundler = Object.assign(
  new Error('Build failed with 1 error:\n\n\u001B[31m[PARSE_ERROR]\u001B[0m in src/a.ts:1'),
  { errors: [{}] },
);

test('what is made for people is told in its own words', () => {
  expect(errorText(new CommandError('There is no src/handler.ts.'), false)).toBe('There is no src/handler.ts.');
  expect(errorText(new BootstrapError('Two routes are one.'), true)).toBe('Two routes are one.');
});

test('what the bundler says is told without its stack, and in colours where they are wanted', () => {
  expect(errorText(ofBundler, true)).toBe(ofBundler.message);
  expect(errorText(ofBundler, false)).toBe('Build failed with 1 error:\n\n[PARSE_ERROR] in src/a.ts:1');
});

test('what the bundler says of a name that lambent lacks ends with where to look', () => {
  const missing = Object.assign(new Error('"REQUEST" is not exported by "node_modules/lambent/dist/esm/index.js".'), {
    errors: [{}],
  });
  expect(errorText(missing, false)).toMatch(/index\.js"\.\nWhat NestJS and FastAPI call otherwise is in .*\n$/);
});

test.each([
  [new TypeError('x is undefined')],
  [new AggregateError([new Error('refused')])],
  ['text'],
  [null],
  [undefined],
])('%p is left to its stack', (error) => {
  expect(errorText(error, false)).toBeUndefined();
});
