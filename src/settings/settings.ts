import { BootstrapError } from '../errors/bootstrap-error.js';
import { type InjectionToken, KnownToken } from '../shared/token.js';

/** The settings that environment variables control. */
export interface Settings {
  /** The time for one request of a gateway, in seconds. Default: 30. */
  readonly FUNCTION_TIMEOUT: number;
  /** The time for an AWS client to connect, in seconds. Default: 5. */
  readonly CONNECTION_TIMEOUT: number;
  /** The time for an AWS client to get a response, in seconds. Default: 15. */
  readonly READ_TIMEOUT: number;
  /** The maximum number of open connections per AWS client. Default: 100. */
  readonly AWS_MAX_POOL_CONNECTIONS: number;
  /** The lowest level that is logged. Default: that of Lambda's log-level filter, else `info`. */
  readonly LOG_LEVEL: LogLevel;
  /** The maximum size of a request body in bytes. Default: 6 MB, Lambda's own limit. */
  readonly BODY_LIMIT: number;
}

/** Settings that take precedence over the environment. */
export interface SettingOverrides extends Partial<Omit<Settings, 'BODY_LIMIT'>> {
  /** A number of bytes, or a size such as `512kb`. */
  readonly BODY_LIMIT?: number | string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The severity of a log line: `critical`, `error`, `warning`, `info` or `debug`. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** The levels from verbose to urgent, numbered as winston and syslog (RFC 5424) do: the most severe is 0. */
export const LOG_LEVELS = { debug: 4, info: 3, warning: 2, error: 1, critical: 0 } as const satisfies Record<
  LogLevel,
  number
>;

export function isLogLevel(value: unknown): value is LogLevel {
  return typeof value === 'string' && Object.hasOwn(LOG_LEVELS, value);
}

/** Reads a setting from its text, which is trimmed and not empty. */
interface SettingReader<T> {
  /** Completes "it must be …". */
  readonly expected: string;
  /** Returns `undefined` for a text that is not as expected. */
  read(text: string): T | undefined;
}

// Number() alone would accept "0x10", "" and "Infinity".
const DECIMAL = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
// Node's timers hold at most 2^31 - 1 ms; a longer one fires immediately.
const LONGEST_TIMER = 2_147_483;

const seconds: SettingReader<number> = {
  expected: `a number of seconds above 0, at most ${LONGEST_TIMER}`,
  read(text) {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    return value > 0 && value <= LONGEST_TIMER ? value : undefined;
  },
};

const count: SettingReader<number> = {
  expected: 'a whole number above 0',
  read(text) {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  },
};

const SIZE = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?$/i;
const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

const bytes: SettingReader<number> = {
  expected: 'a number of bytes above 0, or a size such as 512kb or 6mb',
  read(text) {
    const [, amount, unit = 'b'] = SIZE.exec(text) ?? [];
    const value = Math.floor(Number(amount) * (UNITS[unit.toLowerCase()] as number));
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  },
};

// Lambda's names for levels.
const ALIASES: ReadonlyMap<string, LogLevel> = new Map([
  ['warn', 'warning'],
  ['fatal', 'critical'],
  ['trace', 'debug'],
]);

const logLevel: SettingReader<LogLevel> = {
  expected: `one of ${Object.keys(LOG_LEVELS).join(', ')}`,
  read: logLevelOf,
};

/** Returns the level that a name means, in any case, by our name or Lambda's. */
export function logLevelOf(text: string): LogLevel | undefined {
  const name = text.toLowerCase();
  return isLogLevel(name) ? name : ALIASES.get(name);
}

interface Definition<T> {
  readonly reader: SettingReader<T>;
  readonly fallback: T;
  /** Another variable, read if the setting's own variable is not set. */
  readonly alias?: string;
}

type SettingName = keyof Settings;

const DEFINITIONS: { readonly [Name in SettingName]: Definition<Settings[Name]> } = {
  FUNCTION_TIMEOUT: { reader: seconds, fallback: 30 },
  CONNECTION_TIMEOUT: { reader: seconds, fallback: 5 },
  READ_TIMEOUT: { reader: seconds, fallback: 15 },
  AWS_MAX_POOL_CONNECTIONS: { reader: count, fallback: 100, alias: 'BOTO_MAX_POOL_CONNECTIONS' },
  LOG_LEVEL: { reader: logLevel, fallback: 'info', alias: 'AWS_LAMBDA_LOG_LEVEL' },
  BODY_LIMIT: { reader: bytes, fallback: 6 * 1024 * 1024 },
};

export const SETTING_NAMES = Object.keys(DEFINITIONS) as SettingName[];

/**
 * The settings of the environment, read and checked when you first access one of them.
 *
 * The option `settings` of `create` applies to its application only and does not show here.
 *
 * @throws BootstrapError as {@link loadSettings}.
 */
export const settings: Settings = lazySettings(() => loadSettings(process.env));

/**
 * Reads and checks every setting. A variable that is unset or blank has its default.
 *
 * @throws BootstrapError naming each invalid variable, its value, and what it must be.
 */
export function loadSettings(env: Environment): Settings {
  return resolveSettings(env);
}

/**
 * Reads and checks every setting; `overrides` take precedence over the environment.
 *
 * @throws BootstrapError as {@link loadSettings}.
 */
export function resolveSettings(env: Environment, overrides: SettingOverrides = {}): Settings {
  const problems: string[] = [];
  const resolved = SETTING_NAMES.map((name) => [name, resolveSetting(name, env, overrides, problems)]);
  if (problems.length > 0) throw new BootstrapError(problems.join('\n'));
  return Object.freeze(Object.fromEntries(resolved) as Settings);
}

function resolveSetting(name: SettingName, env: Environment, overrides: SettingOverrides, problems: string[]): unknown {
  const { reader, fallback, alias } = DEFINITIONS[name];
  const [source, value] =
    [
      [name, overrides[name]],
      [name, env[name]],
      [alias, alias && env[alias]],
    ].find(([, given]) => given !== undefined && String(given).trim() !== '') ?? [];
  if (value === undefined) return fallback;
  // String() makes a number of a list with one number in it.
  const read = typeof value === 'object' ? undefined : reader.read(String(value).trim());
  if (read === undefined) problems.push(`${source} is ${quote(value)}: it must be ${reader.expected}`);
  return read;
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function lazySettings(load: () => Settings): Settings {
  let loaded: Settings | undefined;
  const getters = SETTING_NAMES.map((name) => [name, { enumerable: true, get: () => (loaded ??= load())[name] }]);
  return Object.freeze(Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap) as Settings);
}

/** The token of the application's settings, overrides included. */
export const SETTINGS: InjectionToken<Settings> = new KnownToken('SETTINGS');
