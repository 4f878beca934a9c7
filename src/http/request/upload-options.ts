import { aLimit, checkOptions, type OptionRules } from '../../errors/check-options.js';
import { PayloadTooLargeException } from '../../errors/exceptions.js';
import { MAX_FIELD_NAME, shortened } from '../../shared/input-limits.js';
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

const RULES: OptionRules<UploadOptions> = {
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

/** The limits of a form, with their defaults. */
export type UploadLimits = Required<UploadOptions>;

export function uploadLimits(options: UploadOptions): UploadLimits {
  const { fileSize = Infinity, files = 20, fields = 1000, fieldSize = 1_048_576 } = options;
  return { fileSize, files, fields, fieldSize, parts: options.parts ?? files + fields };
}

export function tooMany(what: 'files' | 'fields' | 'parts', limit: number): PayloadTooLargeException {
  return new PayloadTooLargeException(`The form has more than ${limit} ${what}`);
}

export function tooLarge(what: 'file' | 'field', name: string, limit: number): PayloadTooLargeException {
  return new PayloadTooLargeException(`The ${what} "${shortened(name, 100)}" has more than ${limit} bytes`);
}

export function isNameTooLong(name: string): boolean {
  return Buffer.byteLength(name) > MAX_FIELD_NAME;
}

export function nameTooLong(): PayloadTooLargeException {
  return new PayloadTooLargeException(`The form has a field whose name has more than ${MAX_FIELD_NAME} bytes`);
}
