import type { Logger, LogFields } from '../../src/contracts/logger.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { RESERVED_NAMES } from '../../src/logging/writers/line-fields.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { captureStdout } from './captured-stdout.js';

// Each way in which a field can get into a line, with each kind of logger. The secret must be in no line.

const SECRET = 'swordfish';

const WAYS: Readonly<Record<string, (logger: Logger, fields: LogFields) => void>> = {
  'a field': (logger, fields) => logger.info('line', fields),
  'an appended field': (logger, fields) => {
    logger.append(fields);
    logger.info('line');
  },
  'a member of a message that is an object': (logger, fields) => logger.info(fields as never),
  'a member of a message that is an error': (logger, fields) =>
    logger.info(Object.assign(new Error('line'), fields) as never),
  'a field of the access log': (logger, fields) => logger.set(fields),
  'a field of a child logger': (logger, fields) => logger.child(fields).info('line'),
  'a buffered field': (logger, fields) => {
    logger.debug('line', fields);
    logger.error('failed');
  },
  'a field beside one of its written name': (logger, fields) => {
    const taken = Object.fromEntries(Object.keys(fields).map((name) => [`${name}_`, 'taken']));
    logger.append(taken);
    logger.info('line', fields);
  },
};

const LOGGERS: Readonly<Record<string, object>> = {
  stdout: {},
  buffer: { buffer: true },
  sampling: { sampling: 1 },
  winston: { format: undefined },
};

afterEach(() => jest.restoreAllMocks());

/** Writes fields in every way, and returns what was written. */
async function written(redact: readonly string[], fields: LogFields, logger: object = {}): Promise<string> {
  const stdout = captureStdout();
  @Controller()
  class Lines {
    @Get() write() {
      for (const way of Object.values(WAYS)) way(getLogger(), fields);
    }
  }
  await inject(createApp({ controllers: [Lines] }, { logger: { ...logger, redact } as never }), { url: '/' });
  return stdout.text();
}

// `__proto__` is not a name that a field can have: it is left out.
const NAMES = [...RESERVED_NAMES].filter((name) => name !== '__proto__');

describe.each(Object.keys(LOGGERS))('With the logger %s', (name) => {
  const logger = LOGGERS[name]!;

  it('a standard name is masked in all fields that a program gives it', async () => {
    const fields = Object.fromEntries(NAMES.map((one) => [one, SECRET]));
    expect(await written([], fields, logger)).toContain(SECRET);
    const text = await written(NAMES, fields, logger);
    expect(text).not.toContain(SECRET);
    expect(text).toContain('"source_":"[Redacted]"');
  });

  it('a path below a standard name is masked', async () => {
    const paths = NAMES.map((one) => `${one}.card.number`);
    const fields = Object.fromEntries(NAMES.map((one) => [one, { card: { number: SECRET, type: 'visa' } }]));
    const text = await written(paths, fields, logger);
    expect(text).not.toContain(SECRET);
    expect(text).toContain('visa');
  });

  it.each<[string, () => LogFields]>([
    ['a name that is shortened', () => ({ ['x'.repeat(250)]: { password: SECRET } })],
    ['more values than a line has', () => ({ items: Array.from({ length: 20_000 }, () => 1), password: SECRET })],
    [
      'masked values that make room for others',
      () => ({
        password: Array.from({ length: 20_000 }, () => SECRET),
        later: { password: SECRET },
        last: [{ PASSWORD: SECRET }],
      }),
    ],
    [
      'more text than a line has',
      () => ({ note: ['n'.repeat(300_000)], password: SECRET, nested: { password: SECRET } }),
    ],
    ['deep nesting', () => ({ deep: nested(40) })],
  ])('limits of a line leave nothing unmasked: %s', async (_what, fields) => {
    // Not the text itself, which is long.
    const text = await written(['password'], fields(), logger);
    expect([text.includes('"message":"line"'), text.includes(SECRET)]).toEqual([true, false]);
  });
});

function nested(levels: number): object {
  return levels === 0 ? { password: SECRET } : { password: SECRET, inner: nested(levels - 1) };
}

it('the standard fields themselves stay', async () => {
  const text = await written(NAMES, {});
  for (const line of text.split('\n').filter((one) => one !== ''))
    expect(JSON.parse(line)).toMatchObject({ level: expect.stringMatching(/^(?:info|error|debug)$/) });
});
