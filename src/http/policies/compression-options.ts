import { BootstrapError } from '../../errors/bootstrap-error.js';
import { aList, anything, checkOptions, type Rules } from '../../errors/check-options.js';

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

const RULES: Rules<CompressionOptions> = { threshold: anything, encodings: aList, level: anything };

/** @throws BootstrapError for an unknown option or an invalid value. */
export function checkCompressionOptions(options: CompressionOptions): void {
  checkOptions(options, RULES, 'the option compression');
  const { threshold = 0, encodings = [], level = 1 } = options;
  const unknown = encodings.find((encoding) => encoding !== 'br' && encoding !== 'gzip');
  if (unknown !== undefined)
    throw new BootstrapError(`compression.encodings takes br and gzip, not ${String(unknown)}`);
  if (!(Number.isInteger(level) && level >= 1 && level <= 9)) {
    throw new BootstrapError(`compression.level takes a whole number from 1 to 9, not ${String(level)}`);
  }
  if (!(typeof threshold === 'number' && threshold >= 0)) {
    throw new BootstrapError(`compression.threshold takes bytes from 0 on, not ${String(threshold)}`);
  }
}
