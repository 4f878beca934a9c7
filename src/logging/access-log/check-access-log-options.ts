import { anyText, aShare, checkOptions, flag, listOf, type Rules } from '../../errors/check-options.js';
import type { AccessLogOptions } from './access-log-options.js';

const RULES: Rules<AccessLogOptions> = {
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
