import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isOptions, noOptions } from '../../errors/check-options.js';

/** What the option `accessLog` of `create` takes. */
export interface AccessLogOptions {
  /** Paths without a line, unless an unhandled error is to be told: whole paths as strings, or patterns. */
  ignorePaths?: readonly (string | RegExp)[];
  /**
   * Added fields to mask: names at any depth (`password`) or paths (`customer.card`), in any case; list items count as
   * their list.
   */
  redact?: readonly string[];
  /** The share of requests below status 400 that get a line, 0 to 1; all of them unless given. Errors always do. */
  sampling?: number;
  /** Adds `client_ip`, which is personal data in many places. */
  clientIp?: boolean;
  /** Adds `timestamp` and puts Lambda's level names, TRACE to FATAL, so that Lambda's log-level filter works. */
  lambdaFields?: boolean;
}

interface Rule {
  readonly expected: string;
  accepts(value: unknown): boolean;
}

const flag: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

const RULES: Readonly<Record<keyof AccessLogOptions, Rule>> = {
  ignorePaths: {
    expected: 'a list of strings and regular expressions',
    accepts: listOf((item) => typeof item === 'string' || item instanceof RegExp),
  },
  redact: { expected: 'a list of field names', accepts: listOf((item) => typeof item === 'string') },
  sampling: {
    expected: 'a number from 0 to 1',
    accepts: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  },
  clientIp: flag,
  lambdaFields: flag,
};

/** @throws BootstrapError for an option that does not exist, or a value that is none of its values. */
export function checkAccessLogOptions(options: AccessLogOptions): void {
  if (!isOptions(options)) throw new BootstrapError(noOptions(options, Object.keys(RULES), 'the option "accessLog"'));
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(RULES, name)) {
      throw new BootstrapError(`The option "accessLog" has no "${name}"; it takes ${Object.keys(RULES).join(', ')}.`);
    }
    const rule = RULES[name as keyof AccessLogOptions];
    if (value !== undefined && !rule.accepts(value)) {
      throw new BootstrapError(`The option "accessLog.${name}" takes ${rule.expected}, not ${String(value)}.`);
    }
  }
}

function listOf(accepts: (item: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(accepts);
}
