import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anObject,
  callable,
  checkOptions,
  either,
  flag,
  listOf,
  oneOf,
  type OptionRules,
  wholeNumber,
} from '../../errors/check-options.js';
import { checkSecurityHeaders } from '../../http/policies/check-security-headers.js';
import { checkCompressionOptions } from '../../http/policies/compression-options.js';
import { checkCorsOptions } from '../../http/policies/cors-options.js';
import { checkUploadOptions } from '../../http/request/upload-options.js';
import { type ConfiguredOptions, copiedOptions } from '../options/application-options.js';
import { type BatchOptions, REPORTING_SOURCES } from '../options/record-options.js';

/** The rules for options that `configure` may return. */
export const CONFIGURED_RULES: OptionRules<ConfiguredOptions> = {
  cors: either(flag, anObject),
  securityHeaders: either(flag, anObject),
  uploads: anObject,
  query: oneOf('flat', 'nested'),
  compression: either(flag, anObject),
  etag: flag,
  batch: anObject,
};

const BATCH_RULES: OptionRules<BatchOptions> = {
  concurrency: wholeNumber(1),
  invalid: either(oneOf('fail', 'drop'), callable),
  clientErrors: oneOf('log', 'fail'),
  rejectWhole: listOf(oneOf(...REPORTING_SOURCES)),
  eventBridgePipes: flag,
};

/**
 * Checks what `configure` returned. A start of a bundle loads this, and not the checks of all options.
 *
 * @throws BootstrapError naming an option that `configure` may not return, or a bad value.
 */
export function checkConfiguredOptions(options: ConfiguredOptions): void {
  const known = Object.entries(copiedOptions(Object(options) as ConfiguredOptions));
  const early = known.find(([name, value]) => !(name in CONFIGURED_RULES) && value !== undefined);
  if (early) {
    throw new BootstrapError(
      `configure returned the option ${early[0]}, which is needed before there are providers: give it in the options ` +
        'of create, beside configure.',
    );
  }
  checkOptions(options, CONFIGURED_RULES, 'the options that configure returned');
  checkConfiguredMembers(options);
}

/** Checks the options of options. */
export function checkConfiguredMembers({
  cors,
  compression,
  securityHeaders,
  uploads,
  batch,
}: ConfiguredOptions): void {
  if (typeof cors === 'object') checkCorsOptions(cors);
  if (typeof compression === 'object') checkCompressionOptions(compression);
  if (typeof securityHeaders === 'object') checkSecurityHeaders(securityHeaders);
  if (uploads) checkUploadOptions(uploads);
  if (batch) checkOptions(batch, BATCH_RULES, 'the option batch');
}
