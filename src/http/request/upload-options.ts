import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { PayloadTooLargeException } from '../../errors/exceptions.js';
import { MAX_FIELD_NAME, shortened } from '../../shared/input-limits.js';
import type { JsonCodec } from '../message/json.js';

/** Limits of forms; over one of them the answer is 413. The body limit holds besides. */
export interface UploadOptions {
  /** Bytes of one file; the body limit unless given. */
  fileSize?: number;
  /** Files of one form; 20 unless given. */
  files?: number;
  /** Fields of one form that are no files; 1000 unless given. */
  fields?: number;
  /** Bytes of one field's value; 1 MiB unless given. */
  fieldSize?: number;
  /** Files and fields together; the sum of both limits unless given. */
  parts?: number;
}

/** How a form is read. */
export interface FormOptions extends UploadOptions {
  /** Whether brackets in names make objects and lists. */
  readonly nested?: boolean;
  /** For parts that are JSON; `JSON` unless given. */
  readonly json?: JsonCodec | undefined;
}

export type UploadLimits = Required<UploadOptions>;

const OPTIONS: readonly (keyof UploadOptions)[] = ['fileSize', 'files', 'fields', 'fieldSize', 'parts'];

/** @throws BootstrapError for an unknown option and for a limit that is no number from 0 on. */
export function checkUploadOptions(options: UploadOptions): void {
  refuseUnknownOptions(options, OPTIONS, 'the option uploads');
  for (const name of OPTIONS) {
    const limit = options[name];
    if (limit === undefined || (typeof limit === 'number' && limit >= 0)) continue;
    throw new BootstrapError(`uploads.${name} takes a number from 0 on, not ${String(limit)}`);
  }
}

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
