import { PayloadTooLargeException } from '../../errors/exceptions.js';
import { MAX_FIELD_NAME, shortened } from '../../shared/input-limits.js';
import type { UploadOptions } from './upload-options.js';

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
