import { BootstrapError } from '../errors/bootstrap-error.js';
import { callable, checkOptions, numberAbove, type OptionRules } from '../errors/check-options.js';
import { wrongOption } from '../errors/option-names.js';
import type { Settings } from '../settings/settings.js';
import { isPlainObject } from '../shared/plain-object.js';
import type { Constructor } from '../shared/types.js';

/** The argument of a check. */
export interface HealthCheckContext {
  /** Fires when the time of the check is up. */
  readonly signal: AbortSignal;
  /** Returns the single instance of a provider of the application, such as a client; `undefined` if there is none. */
  find<T>(type: Constructor<T>): T | undefined;
  /** The settings of the application. */
  readonly settings: Settings | undefined;
}

/** Fails by throwing, or by returning `false`. It must return nothing or `true` otherwise, at once or as a promise. */
export type HealthCheckFunction = (context: HealthCheckContext) => unknown;

/** A check with a timeout of its own, or something to close. */
export interface HealthCheck {
  readonly check: HealthCheckFunction;
  /** Seconds. Defaults to the module's. */
  readonly timeout?: number;
  /** Called when the application closes, which waits for its promise. */
  readonly close?: () => unknown;
}

/** Checks by the names that the response shows. */
export type HealthChecks = Readonly<Record<string, HealthCheck | HealthCheckFunction>>;

const RULES: OptionRules<HealthCheck> = { check: callable, timeout: numberAbove(0, 'seconds'), close: callable };

const WHERE = 'the option checks of HealthModule';
const A_CHECK = "a function, or dynamoDbCheck('orders') and the like";

/** Returns checks with their names. @throws BootstrapError for anything but a check. */
export function namedChecks(checks: HealthChecks): readonly (readonly [name: string, check: HealthCheck])[] {
  return Object.entries(checks).map(([name, check]) => {
    if (typeof check === 'function') return [name, { check }] as const;
    if (typeof check !== 'object' || check === null || typeof check.check !== 'function')
      throw new BootstrapError(wrongOption(name, check, A_CHECK, WHERE));
    // An instance of a class may have members of its own.
    const { check: run, timeout, close } = check;
    checkOptions(isPlainObject(check) ? check : { check: run, timeout, close }, RULES, `the check ${name} in ${WHERE}`);
    return [name, check] as const;
  });
}
