import { BootstrapError } from '../../errors/bootstrap-error.js';
import { checkOptions, either, oneOf, type OptionRules, text } from '../../errors/check-options.js';
import { valueProblem } from '../message/headers.js';
import { SECURITY_HEADERS, type SecurityHeader, type SecurityHeadersOptions } from './security-headers.js';

/** @throws BootstrapError for an unknown header, and for a value that is not valid in a header. */
export function checkSecurityHeaders(options: SecurityHeadersOptions): void {
  checkOptions(options, RULES, 'the option securityHeaders');
  for (const name of NAMES) {
    const value = options[name];
    const problem = typeof value === 'string' ? valueProblem(name, value) : undefined;
    if (problem !== undefined) throw new BootstrapError(`The option securityHeaders: ${problem}`);
  }
}

const NAMES = Object.keys(SECURITY_HEADERS) as SecurityHeader[];
const aValue = either(text, oneOf(false));
const RULES = Object.fromEntries(NAMES.map((name) => [name, aValue])) as OptionRules<SecurityHeadersOptions>;
