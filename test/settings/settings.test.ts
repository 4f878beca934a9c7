import { checkApplicationOptions } from '../../src/application/plan/check-application-options.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { loadSettings, resolveSettings, type SettingOverrides, type Settings } from '../../src/settings/settings.js';

const DEFAULTS: Settings = {
  FUNCTION_TIMEOUT: 30,
  CONNECTION_TIMEOUT: 5,
  READ_TIMEOUT: 15,
  AWS_MAX_POOL_CONNECTIONS: 100,
  LOG_LEVEL: 'info',
  BODY_LIMIT: 6_291_456,
};

test('an empty environment has the defaults', () => {
  expect(loadSettings({})).toEqual(DEFAULTS);
});

test('blank variables are unset', () => {
  expect(loadSettings({ FUNCTION_TIMEOUT: '', READ_TIMEOUT: '  ', LOG_LEVEL: '\t', BODY_LIMIT: '\n' })).toEqual(
    DEFAULTS,
  );
});

test.each([
  ['FUNCTION_TIMEOUT', '10', 10],
  ['FUNCTION_TIMEOUT', ' 2.5\n', 2.5],
  ['CONNECTION_TIMEOUT', '.25', 0.25],
  ['READ_TIMEOUT', '1e2', 100],
  ['READ_TIMEOUT', '2147483', 2_147_483],
  ['AWS_MAX_POOL_CONNECTIONS', '1', 1],
  ['LOG_LEVEL', 'DEBUG', 'debug'],
  ['LOG_LEVEL', ' Warning ', 'warning'],
  ['LOG_LEVEL', 'WARN', 'warning'],
  ['LOG_LEVEL', 'fatal', 'critical'],
  ['BODY_LIMIT', '1048576', 1_048_576],
  ['BODY_LIMIT', '512kb', 524_288],
  ['BODY_LIMIT', '6 MB', 6_291_456],
  ['BODY_LIMIT', '1.5kb', 1536],
  ['BODY_LIMIT', '10b', 10],
  ['BODY_LIMIT', '1GB', 1_073_741_824],
] as const)('%s=%j is %j', (name, text, value) => {
  expect(loadSettings({ [name]: text })).toEqual({ ...DEFAULTS, [name]: value });
});

const SECONDS = 'it must be a number of seconds above 0, at most 2147483';

test.each([
  ['FUNCTION_TIMEOUT', 'abc', SECONDS],
  ['FUNCTION_TIMEOUT', '0', SECONDS],
  ['FUNCTION_TIMEOUT', '-1', SECONDS],
  ['FUNCTION_TIMEOUT', '30s', SECONDS],
  ['FUNCTION_TIMEOUT', '0x10', SECONDS],
  ['CONNECTION_TIMEOUT', 'Infinity', SECONDS],
  ['CONNECTION_TIMEOUT', 'NaN', SECONDS],
  ['READ_TIMEOUT', '1e999', SECONDS],
  ['READ_TIMEOUT', '2147484', SECONDS],
  ['READ_TIMEOUT', '1,5', SECONDS],
  ['AWS_MAX_POOL_CONNECTIONS', '0', 'it must be a whole number above 0'],
  ['AWS_MAX_POOL_CONNECTIONS', '1.5', 'it must be a whole number above 0'],
  ['AWS_MAX_POOL_CONNECTIONS', '1e30', 'it must be a whole number above 0'],
  ['LOG_LEVEL', 'verbose', 'it must be one of debug, info, warning, error, critical'],
  ['LOG_LEVEL', 'constructor', 'it must be one of debug, info, warning, error, critical'],
  ['BODY_LIMIT', '0', 'it must be a number of bytes above 0, or a size such as 512kb or 6mb'],
  ['BODY_LIMIT', '6 megabytes', 'it must be a number of bytes above 0, or a size such as 512kb or 6mb'],
  ['BODY_LIMIT', '-5', 'it must be a number of bytes above 0, or a size such as 512kb or 6mb'],
])('%s=%j is refused with its name, its value and what it must be', (name, text, expected) => {
  const load = () => loadSettings({ [name]: text });
  expect(load).toThrow(BootstrapError);
  expect(load).toThrow(`${name} is "${text}": ${expected}`);
});

test('everything that is wrong is told at once', () => {
  expect(() => loadSettings({ FUNCTION_TIMEOUT: 'x', LOG_LEVEL: 'y' })).toThrow(
    /^FUNCTION_TIMEOUT is "x".*\nLOG_LEVEL is "y".*$/,
  );
});

describe('BOTO_MAX_POOL_CONNECTIONS', () => {
  test('is read where AWS_MAX_POOL_CONNECTIONS is not set', () => {
    expect(loadSettings({ BOTO_MAX_POOL_CONNECTIONS: '7' }).AWS_MAX_POOL_CONNECTIONS).toBe(7);
    expect(
      loadSettings({ BOTO_MAX_POOL_CONNECTIONS: '7', AWS_MAX_POOL_CONNECTIONS: ' ' }).AWS_MAX_POOL_CONNECTIONS,
    ).toBe(7);
  });

  test('gives way to AWS_MAX_POOL_CONNECTIONS, even where it is wrong', () => {
    expect(
      loadSettings({ BOTO_MAX_POOL_CONNECTIONS: 'x', AWS_MAX_POOL_CONNECTIONS: '8' }).AWS_MAX_POOL_CONNECTIONS,
    ).toBe(8);
  });

  test('is the name in the message when its value is wrong', () => {
    expect(() => loadSettings({ BOTO_MAX_POOL_CONNECTIONS: 'x' })).toThrow(
      'BOTO_MAX_POOL_CONNECTIONS is "x": it must be a whole number above 0',
    );
  });
});

describe('overrides', () => {
  it('are no lists, dates or the like, which would be read as their text', () => {
    for (const value of [[5], new Date(5), { valueOf: () => 5 }]) {
      expect(() => resolveSettings({}, { FUNCTION_TIMEOUT: value } as never)).toThrow('it must be a number of seconds');
    }
  });

  test('win over the environment, and the rest stays', () => {
    const resolved = resolveSettings(
      { FUNCTION_TIMEOUT: '10', READ_TIMEOUT: '3' },
      { FUNCTION_TIMEOUT: 2, BODY_LIMIT: '1kb' },
    );
    expect(resolved).toEqual({ ...DEFAULTS, FUNCTION_TIMEOUT: 2, READ_TIMEOUT: 3, BODY_LIMIT: 1024 });
  });

  test('win over a wrong value of the environment', () => {
    expect(resolveSettings({ LOG_LEVEL: 'loud' }, { LOG_LEVEL: 'error' }).LOG_LEVEL).toBe('error');
  });

  test('that are undefined are not given', () => {
    expect(resolveSettings({ READ_TIMEOUT: '3' }, { READ_TIMEOUT: undefined }).READ_TIMEOUT).toBe(3);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, null, true, {}])(
    'FUNCTION_TIMEOUT: %p is refused',
    (value) => {
      expect(() => resolveSettings({}, { FUNCTION_TIMEOUT: value } as SettingOverrides)).toThrow(
        `FUNCTION_TIMEOUT is ${String(value)}: it must be a number of seconds above 0`,
      );
    },
  );

  test.each(['functionTimeout', 'constructor', 'BOTO_MAX_POOL_CONNECTIONS'])('"%s" is no setting', (name) => {
    const resolve = () => checkApplicationOptions({ settings: { [name]: 1 } });
    expect(resolve).toThrow(BootstrapError);
    expect(resolve).toThrow(
      `Unknown in the option settings: ${name}. It takes FUNCTION_TIMEOUT, CONNECTION_TIMEOUT, READ_TIMEOUT, ` +
        'AWS_MAX_POOL_CONNECTIONS, LOG_LEVEL, BODY_LIMIT.',
    );
  });
});

test('loaded settings cannot be changed', () => {
  expect(() => Object.assign(loadSettings({}), { READ_TIMEOUT: 1 })).toThrow(TypeError);
});

/** The object as a new process would see it. */
async function freshSettings(): Promise<Settings> {
  jest.resetModules();
  return (await import('../../src/settings/settings.js')).settings;
}

describe('settings', () => {
  const saved = { ...process.env };
  afterEach(() => {
    process.env = { ...saved };
    jest.resetModules();
  });

  test('reads the environment at the first access, not at import, and once', async () => {
    const settings = await freshSettings();
    process.env['READ_TIMEOUT'] = '4';
    expect(settings.READ_TIMEOUT).toBe(4);
    process.env['READ_TIMEOUT'] = '5';
    expect(settings.READ_TIMEOUT).toBe(4);
  });

  test('fails at the access while the environment is wrong, and works once it is not', async () => {
    const settings = await freshSettings();
    process.env['READ_TIMEOUT'] = 'soon';
    expect(() => settings.FUNCTION_TIMEOUT).toThrow('READ_TIMEOUT is "soon"');
    process.env['READ_TIMEOUT'] = '5';
    expect(settings.FUNCTION_TIMEOUT).toBe(30);
  });

  test('can be listed and cannot be changed', async () => {
    const settings = await freshSettings();
    expect({ ...settings }).toEqual(DEFAULTS);
    expect(() => Object.assign(settings, { READ_TIMEOUT: 1 })).toThrow(TypeError);
  });
});
