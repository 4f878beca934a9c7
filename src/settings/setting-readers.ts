import { isLogLevel, LOG_LEVELS, type LogLevel } from './log-level.js';

/** Reads a setting from its text, which is trimmed and not empty. */
export interface SettingReader<T> {
  /** Completes "it must be …". */
  readonly expected: string;
  /** Returns `undefined` for a text that is not as expected. */
  read(text: string): T | undefined;
}

// Number() alone would accept "0x10", "" and "Infinity".
const DECIMAL = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
// Node's timers hold at most 2^31 - 1 ms; a longer one fires immediately.
const LONGEST_TIMER = 2_147_483;

export const seconds: SettingReader<number> = {
  expected: `a number of seconds above 0, at most ${LONGEST_TIMER}`,
  read(text) {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    return value > 0 && value <= LONGEST_TIMER ? value : undefined;
  },
};

export const count: SettingReader<number> = {
  expected: 'a whole number above 0',
  read(text) {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  },
};

const SIZE = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?$/i;
const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

export const bytes: SettingReader<number> = {
  expected: 'a number of bytes above 0, or a size such as 512kb or 6mb',
  read(text) {
    const [, amount, unit = 'b'] = SIZE.exec(text) ?? [];
    const value = Math.floor(Number(amount) * (UNITS[unit.toLowerCase()] as number));
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  },
};

// Lambda's names for two of the levels.
const ALIASES: ReadonlyMap<string, LogLevel> = new Map([
  ['warn', 'warning'],
  ['fatal', 'critical'],
]);

export const logLevel: SettingReader<LogLevel> = {
  expected: `one of ${Object.keys(LOG_LEVELS).join(', ')}`,
  read(text) {
    const name = text.toLowerCase();
    return isLogLevel(name) ? name : ALIASES.get(name);
  },
};
