import { anyText, aShare, checkOptions, flag, listOf, type OptionRules } from '../../errors/check-options.js';

/** The option `accessLog` of `create`. */
export interface AccessLogOptions {
  /** Paths that get no line, as whole paths or patterns. Unhandled errors are logged for them, too. */
  ignorePaths?: readonly (string | RegExp)[];
  /**
   * The added fields to mask, by name at any depth (`password`) or by path (`customer.card`), case-insensitive. The
   * path of a list item is that of its list.
   */
  redact?: readonly string[];
  /** The share of requests with a status below 400 that get a line, 0 to 1. Default: 1. Errors always get one. */
  sampling?: number;
  /** Adds `client_ip`, which counts as personal data in many countries. */
  clientIp?: boolean;
  /**
   * Adds `timestamp` and uses Lambda's level names, TRACE to FATAL, so that Lambda's log-level filter works. Default:
   * whether the function's log format is JSON.
   */
  lambdaFields?: boolean;
}

const RULES: OptionRules<AccessLogOptions> = {
  ignorePaths: listOf({
    expected: 'text or a regular expression',
    accepts: (item) => typeof item === 'string' || item instanceof RegExp,
  }),
  redact: listOf(anyText),
  sampling: aShare,
  clientIp: flag,
  lambdaFields: flag,
};

/** @throws BootstrapError for an unknown option or an invalid value. */
export function checkAccessLogOptions(options: AccessLogOptions): void {
  checkOptions(options, RULES, 'the option accessLog');
}
