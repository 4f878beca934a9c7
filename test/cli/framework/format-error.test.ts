import { IsString } from 'class-validator';
import { CommandError } from '../../../src/cli/framework/command-error.js';
import { errorHint, errorMessage } from '../../../src/cli/framework/format-error.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { load } from '../../config/load.js';

/** As rolldown makes it. */
const ofBundler = Object.assign(
  new Error('Build failed with 1 error:\n\n\u001B[31m[PARSE_ERROR]\u001B[0m in src/a.ts:1'),
  { errors: [{}] },
);

test('what is made for people is told in its own words', () => {
  expect(errorMessage(new CommandError('src/handler.ts does not exist.'), false)).toBe(
    'src/handler.ts does not exist.',
  );
  expect(errorMessage(new BootstrapError('Two routes are one.'), true)).toBe('Two routes are one.');
});

test('what the bundler says is told without its stack, and in colours where they are wanted', () => {
  expect(errorMessage(ofBundler, true)).toBe(ofBundler.message);
  expect(errorMessage(ofBundler, false)).toBe('Build failed with 1 error:\n\n[PARSE_ERROR] in src/a.ts:1');
});

test('what the bundler says of a name that lambent lacks ends with where to look', () => {
  const missing = Object.assign(new Error('"REQUEST" is not exported by "node_modules/lambent/dist/esm/index.js".'), {
    errors: [{}],
  });
  expect(errorMessage(missing, false)).toMatch(
    /index\.js"\.\nFor names that differ from NestJS and FastAPI, see .*\n$/,
  );
});

test.each([
  [new TypeError('x is undefined')],
  [new AggregateError([new Error('refused')])],
  ['text'],
  [null],
  [undefined],
])('%p is left to its stack', (error) => {
  expect(errorMessage(error, false)).toBeUndefined();
});

/** Returns the text of the error that a function throws. */
function messageOf(fails: () => void): string {
  try {
    fails();
  } catch (error) {
    return String(error);
  }
  return '';
}

describe('a hint', () => {
  test('a circle of classes is told from the error that it ends with', () => {
    expect(errorHint("ReferenceError: Cannot access 'Table' before initialization\n    at src/orders.ts:1:1")).toMatch(
      /^Table is used before its class is defined, .* @Inject\(forwardRef\(\(\) => Table\)\) with the type Ref<Table>\. /,
    );
  });

  test.each(['/', '\\'])('a name that lambent does not export is looked up among those of NestJS (%s)', (slash) => {
    const file = ['node_modules', 'lambent', 'dist', 'esm', 'index.js'].join(slash);
    expect(errorHint(`[MISSING_EXPORT] "REQUEST" is not exported by "${file}".`)).toContain('docs/coming-from.md');
  });

  test('what Express has on a response leads to what Lambent has', () => {
    const res = {} as { status(code: number): { json(): void } };
    const next = { handle: () => Promise.resolve() } as unknown as { handle(): { pipe(): void } };
    expect(errorHint(messageOf(() => res.status(201).json()))).toContain('res.statusCode = 201');
    expect(errorHint(messageOf(() => next.handle().pipe()))).toContain('write await next.handle()');
  });

  test('a variable that is missing on a machine is looked for in .env', async () => {
    class Configuration {
      @IsString() url!: string;
    }
    const error = await load(Configuration).catch((reason: unknown) => String(reason));
    expect(errorHint(String(error))).toContain('from .env, or from the file that --env-file names');
  });

  test('so is one that Node misses, for where nothing is bundled', () => {
    expect(errorHint("SyntaxError: The requested module 'lambent' does not provide an export named 'Sse'")).toContain(
      'docs/coming-from.md',
    );
  });

  test.each(['TypeError: x is undefined', '[MISSING_EXPORT] "Orders" is not exported by "src/orders.ts".'])(
    '%s is left as it is',
    (text) => {
      expect(errorHint(text)).toBeUndefined();
    },
  );
});
