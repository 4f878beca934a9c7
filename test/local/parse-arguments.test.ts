import { parseArguments, usage } from '../../src/local/parse-arguments.js';

test('nothing said is nothing set', () => {
  expect(parseArguments([])).toEqual({ help: false, options: {} });
});

test('every flag reaches its option', () => {
  const argv =
    '--source v1 --port=4000 --host 0.0.0.0 --stage dev --timeout 2.5 --streaming --binary image/* --binary a/b --quiet';
  expect(parseArguments(argv.split(' '))).toEqual({
    help: false,
    options: {
      source: 'v1',
      port: 4000,
      host: '0.0.0.0',
      stage: 'dev',
      timeout: 2.5,
      streaming: true,
      binaryMediaTypes: ['image/*', 'a/b'],
      quiet: true,
    },
  });
});

test.each(['--help', '-h'])('%s asks for the flags', (flag) => {
  expect(parseArguments([flag]).help).toBe(true);
});

test.each([
  [['--sauce', 'v1'], "Unknown option '--sauce'."],
  [['--port'], "Option '--port <value>' argument missing."],
  [['orders'], "Unexpected argument 'orders'."],
  [['--source', 'rest'], 'There is no source "rest"; the sources are v2, v1'],
  [['--port', '70000'], '--port takes a number from 0 to 65535, not "70000".'],
  [['--port', '-1'], '--port'],
  [['--port', '1e3'], '--port takes a number from 0 to 65535, not "1e3".'],
  [['--timeout', 'long'], '--timeout takes a number of seconds above 0, not "long".'],
  [['--timeout', '0'], '--timeout takes a number of seconds above 0, not "0".'],
  [['--timeout', ''], '--timeout takes a number of seconds above 0, not "".'],
])('%j is refused with the reason and the flags there are', (argv, message) => {
  const parse = () => parseArguments(argv);
  expect(parse).toThrow(message);
  expect(parse).toThrow(usage);
});
