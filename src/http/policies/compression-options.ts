import { BootstrapError } from '../../errors/bootstrap-error.js';
import { aLimit, aList, checkOptions, type OptionRules, wholeNumber } from '../../errors/check-options.js';

/** The content codings that responses are compressed with. */
export type ContentEncoding = 'br' | 'gzip';

/** The option `compression` of `create`. */
export interface CompressionOptions {
  /** The minimum size of a compressed body in bytes. Default: 1024; for less, the headers cost more than is saved. */
  threshold?: number;
  /** The encodings in use, in order of preference if the client has none. Default: `['br', 'gzip']`. */
  encodings?: readonly ContentEncoding[];
  /** 1 (fast) to 9 (small). Default: 6 for gzip, 4 for Brotli, whose own default, 11, takes tens of ms for 9 kB. */
  level?: number;
}

const RULES: OptionRules<CompressionOptions> = { threshold: aLimit, encodings: aList, level: wholeNumber(1, 9) };

/** @throws BootstrapError for an unknown option or an invalid value. */
export function checkCompressionOptions(options: CompressionOptions): void {
  checkOptions(options, RULES, 'the option compression');
  const unknown = options.encodings?.find((encoding) => encoding !== 'br' && encoding !== 'gzip');
  if (unknown !== undefined)
    throw new BootstrapError(`compression.encodings takes br and gzip, not ${String(unknown)}`);
}
