import { aLimit, checkOptions, type Rules } from '../../errors/check-options.js';
import type { JsonCodec } from '../message/json.js';

/** The limits of forms. A form that exceeds one is a 413. The body limit applies in addition. */
export interface UploadOptions {
  /** The maximum size of a file in bytes. Default: the body limit. */
  fileSize?: number;
  /** The maximum number of files in a form. Default: 20. */
  files?: number;
  /** The maximum number of fields in a form, without files. Default: 1000. */
  fields?: number;
  /** The maximum size of a field's value in bytes. Default: 1 MiB. */
  fieldSize?: number;
  /** The maximum number of files and fields together. Default: the sum of both limits. */
  parts?: number;
}

/** Options for reading a form. */
export interface FormOptions extends UploadOptions {
  /** Whether brackets in names make objects and lists. */
  readonly nested?: boolean;
  /** The JSON functions for JSON parts. Default: `JSON`. */
  readonly json?: JsonCodec | undefined;
}

const RULES: Rules<UploadOptions> = {
  fileSize: aLimit,
  files: aLimit,
  fields: aLimit,
  fieldSize: aLimit,
  parts: aLimit,
};

/** @throws BootstrapError for an unknown option, and for a limit that is not a number from 0. */
export function checkUploadOptions(options: UploadOptions): void {
  checkOptions(options, RULES, 'the option uploads');
}
