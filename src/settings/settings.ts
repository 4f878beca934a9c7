import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/check-options.js';
import { InjectionToken } from '../shared/token.js';
import type { LogLevel } from './log-level.js';
import { bytes, count, logLevel, seconds, type SettingReader } from './setting-readers.js';

/** What the environment decides. */
export interface Settings {
  /** Seconds that one event may take; 30. */
  readonly FUNCTION_TIMEOUT: number;
  /** Seconds that an AWS client may take to connect; 5. */
  readonly CONNECTION_TIMEOUT: number;
  /** Seconds that an AWS client waits for an answer; 15. */
  readonly READ_TIMEOUT: number;
  /** Connections that one AWS client may hold open; 100. */
  readonly AWS_MAX_POOL_CONNECTIONS: number;
  /** The least urgent level that is logged; `info`. */
  readonly LOG_LEVEL: LogLevel;
  /** Bytes that the body of a request may have; 6 MB, which is what Lambda lets through. */
  readonly BODY_LIMIT: number;
}

/** Settings that win over the environment. */
export interface SettingOverrides extends Partial<Omit<Settings, 'BODY_LIMIT'>> {
  /** Bytes, or a size such as `512kb`. */
  readonly BODY_LIMIT?: number | string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface Definition<T> {
  readonly reader: SettingReader<T>;
  readonly fallback: T;
  /** Another variable, read when the setting's own is not set. */
  readonly alias?: string;
}

type SettingName = keyof Settings;

const DEFINITIONS: { readonly [Name in SettingName]: Definition<Settings[Name]> } = {
  FUNCTION_TIMEOUT: { reader: seconds, fallback: 30 },
  CONNECTION_TIMEOUT: { reader: seconds, fallback: 5 },
  READ_TIMEOUT: { reader: seconds, fallback: 15 },
  AWS_MAX_POOL_CONNECTIONS: { reader: count, fallback: 100, alias: 'BOTO_MAX_POOL_CONNECTIONS' },
  LOG_LEVEL: { reader: logLevel, fallback: 'info' },
  BODY_LIMIT: { reader: bytes, fallback: 6 * 1024 * 1024 },
};

const NAMES = Object.keys(DEFINITIONS) as SettingName[];

/**
 * The settings of the environment, read and checked at the first access to one of them.
 *
 * What the option `settings` of `create` overrides holds for that application and does not show here.
 *
 * @throws BootstrapError as {@link loadSettings}.
 */
export const settings: Settings = lazySettings(() => loadSettings(process.env));

/**
 * Reads and checks every setting; a variable that is unset or blank has its default.
 *
 * @throws BootstrapError naming each variable that is wrong, its value, and what it must be.
 */
export function loadSettings(env: Environment): Settings {
  return resolveSettings(env);
}

/**
 * Reads and checks every setting, `overrides` before the environment.
 *
 * @throws BootstrapError as {@link loadSettings}, and for an override that is no setting.
 */
export function resolveSettings(env: Environment, overrides: SettingOverrides = {}): Settings {
  refuseUnknownOptions(overrides, NAMES, 'the option settings');
  const problems: string[] = [];
  const resolved = NAMES.map((name) => [name, resolveSetting(name, env, overrides, problems)]);
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
  // A list of one number would read as that number.
  const read = typeof value === 'object' ? undefined : reader.read(String(value).trim());
  if (read === undefined) problems.push(`${source} is ${quote(value)}: it must be ${reader.expected}`);
  return read;
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function lazySettings(load: () => Settings): Settings {
  let loaded: Settings | undefined;
  const getters = NAMES.map((name) => [name, { enumerable: true, get: () => (loaded ??= load())[name] }]);
  return Object.freeze(Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap) as Settings);
}

/** The settings of the application, overrides included, for those who are constructed by it. */
export const SETTINGS = new InjectionToken<Settings>('SETTINGS');
