import type { AsyncOptions } from '../../contracts/async-options.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anything,
  callable,
  checkOptions,
  listOf,
  type OptionRule,
  type OptionRules,
  text,
} from '../../errors/check-options.js';
import type { UserMapping, UserOption } from '../user-option.js';
import type { ApiKey } from './api-keys.js';

/** The keys that are accepted. */
export interface ApiKeyOptions {
  /** The keys, each with its caller. Read them from a secret, with `forRootAsync`. */
  readonly keys: readonly ApiKey[];
}

/** Options of `ApiKeyModule.forRoot`. */
export type ApiKeyModuleOptions = ApiKeyOptions &
  UserOption & { /** Default: `x-api-key`. */ readonly header?: string };

/** Options of `ApiKeyModule.forRootAsync`. */
export type ApiKeyModuleAsyncOptions = AsyncOptions<ApiKeyOptions & UserOption> & {
  /** Default: `x-api-key`. */
  readonly header?: string;
};

const WHERE = 'the options of ApiKeyModule';
/** For the option `header`. */
export const aHeader: OptionRule = {
  expected: 'the name of a header',
  accepts: (value) => typeof value === 'string' && /^[\w-]+$/.test(value) && !/^(?:authorization|cookie)$/i.test(value),
};

/** Printable, without spaces around it: a header can't have another. */
const aKey: OptionRule = {
  expected: 'printable text without spaces',
  accepts: (value) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value),
};
const OPTION_RULES: OptionRules<ApiKeyOptions & UserMapping> = {
  // Checked apart, because messages show the values of options.
  keys: anything,
  user: callable,
};
const KEY_RULES: OptionRules<ApiKey> = { name: text, key: aKey, roles: listOf(text), scopes: listOf(text) };

/** @throws BootstrapError for a mistake in the keys. No message shows a key. */
export function checkKeys(options: ApiKeyOptions & UserMapping): void {
  checkOptions(options, OPTION_RULES, WHERE);
  if (!Array.isArray(options.keys) || options.keys.length === 0)
    throw new BootstrapError("ApiKeyModule needs the option keys, a list such as [{ name: 'shop', key }].");
  for (const one of options.keys) checkKey(one);
  refuseShared(options.keys);
}

/** A key says who calls, so it belongs to one caller, and means the same wherever it is listed. */
function refuseShared(keys: readonly ApiKey[]): void {
  const names = new Map<string, string>();
  for (const { key, name } of keys) {
    const other = names.get(key);
    const mistake = other === name ? `a key of ${name} is listed twice` : `${other} and ${name} have the same key`;
    if (other !== undefined)
      throw new BootstrapError(`ApiKeyModule: ${mistake}. A key says who calls: give each caller a key of its own.`);
    names.set(key, name);
  }
}

/** Never shows the key. */
function checkKey(given: ApiKey): void {
  const { key, ...rest } = Object(given) as ApiKey;
  if (!aKey.accepts(key))
    throw new BootstrapError(
      `ApiKeyModule: in the option keys, the key of ${String(rest.name)} is not ${aKey.expected}.`,
    );
  checkOptions<object>(rest, KEY_RULES, 'a key of ApiKeyModule');
  if (!text.accepts(rest.name))
    throw new BootstrapError('ApiKeyModule: a key has no name. The name identifies its caller.');
}
