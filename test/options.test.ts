import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { For } from '../src/decorators/enhancers.js';
import { Timeout } from '../src/decorators/timeout.js';
import { isCognitoTrigger } from '../src/events/cognito.js';
import { RedirectResponse } from '../src/http/response/redirect-response.js';
import { fromMiddy } from '../src/pipeline/from-middy.js';
import { TimeoutInterceptor } from '../src/pipeline/timeout-interceptor.js';
import { lazy } from '../src/shared/module.js';
import { forwardRef } from '../src/shared/token.js';
import { ParseEnumPipe } from '../src/validation/pipes/parse-pipes.js';
import { captureStdout } from './logging/captured-stdout.js';
import { exportedNames } from './package/exported-names.js';
import { entries, repository } from './package/manifest.js';
import { TAKEN, type Taken } from './package/taken-options.js';

// A misspelt option would leave its default in force, and a value that means something elsewhere is not what was asked for.

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

/** The error that options are refused with, be it at once, by a rejection or at the bootstrap. */
async function refusalOf({ give }: Taken, options: unknown): Promise<Error | undefined> {
  try {
    await give(options as object);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** An option by its name, or as messages speak of it. */
function namePattern(name: string): RegExp {
  if (name === 'bodyLimit') return /bodyLimit|BODY_LIMIT/;
  return name === 'statusCode' ? /status/ : new RegExp(name.replace('$', '\\$'));
}

const isTaught = (error: Error | undefined): boolean =>
  error !== undefined && /^(BootstrapError|TypeError|RangeError)$/.test(error.name);

test.each(entries)('whoever exports a value from $name says what options it takes', ({ name, source }) => {
  const exported = exportedNames(readFileSync(join(repository, 'src', source), 'utf8')).filter(
    (each) => !each.startsWith('type '),
  );
  expect(Object.keys(TAKEN[name] ?? {}).toSorted()).toEqual(exported.toSorted());
});

const everything = Object.values(TAKEN).flatMap((exported) => Object.values(exported).flat());

describe.each(everything.map((taken) => [taken.what, taken] as const))('%s', (_, taken) => {
  if (!taken.only) {
    test('takes its options', async () => {
      expect(await refusalOf(taken, taken.options)).toBeUndefined();
    });
  }

  if (taken.what !== 'LambentFunction') {
    test('refuses an option that it has not, by its name', async () => {
      const error = await refusalOf(taken, { ...taken.options, misspelt: true });
      expect([isTaught(error), error?.message]).toEqual([true, expect.stringContaining('misspelt')]);
    });
  }

  test('has a word on each of its options', () => {
    for (const name of Object.keys(taken.options))
      if (!name.startsWith('x-order')) expect(taken.wrong).toHaveProperty([name]);
  });

  const values = Object.entries(taken.wrong).flatMap(([name, wrong]) => wrong.map((value) => [name, value] as const));
  if (values.length > 0) {
    test.each(values)('refuses %s: %p', async (name, value) => {
      const error = await refusalOf(taken, { ...taken.options, [name]: value });
      expect([isTaught(error), error?.message]).toEqual([true, expect.stringMatching(namePattern(name))]);
    });
  }

  const others = taken.orElse ?? ['text', 5, null, [], Promise.resolve({}), () => ({})];
  if (others.length > 0) {
    test.each(others.map((other) => [other]))('takes no %p in the place of options', async (other) => {
      expect(isTaught(await refusalOf(taken, other))).toBe(true);
    });
  }
});

describe('a plain value that is none', () => {
  const NO_SECONDS = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5', null, undefined, {}];

  test.each<[string, (value: never) => unknown, readonly unknown[]]>([
    ['TimeoutInterceptor', (seconds) => new TimeoutInterceptor(seconds), NO_SECONDS],
    ['@Timeout', (seconds) => Timeout(seconds), NO_SECONDS],
    ['isCognitoTrigger', (trigger) => isCognitoTrigger(trigger), ['PreSignup', '', 5, null, {}]],
    ['RedirectResponse', (location) => new RedirectResponse(location), [undefined, null, 5, {}, Promise.resolve('/')]],
    ['ParseEnumPipe', (values) => new ParseEnumPipe(values), [undefined, null, 'a', 5]],
    [
      'fromMiddy',
      (middleware) => fromMiddy(middleware),
      [undefined, null, {}, () => ({}), { before: 'a' }, Promise.resolve({ before: () => undefined })],
    ],
    ['@For', (kind) => For(kind)(class Guard {}), ['https', 5, undefined, null]],
    ['forwardRef', (read) => forwardRef(read), [undefined, null, {}, 'a', class Orders {}]],
    ['lazy', (load) => lazy('a', load), [undefined, null, {}, 'a', Promise.resolve({})]],
  ])('is refused by %s', (_, give, values) => {
    for (const value of values) {
      expect(() => give(value as never)).toThrow(
        expect.objectContaining({ name: expect.stringMatching(/^(BootstrapError|TypeError|RangeError)$/) }),
      );
    }
  });
});
