import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import type { UploadOptions } from './upload-options.js';

const OPTIONS: readonly (keyof UploadOptions)[] = ['fileSize', 'files', 'fields', 'fieldSize', 'parts'];

/** @throws BootstrapError for an unknown option, and for a limit that is not a number from 0. */
export function checkUploadOptions(options: UploadOptions): void {
  refuseUnknownOptions(options, OPTIONS, 'the option uploads');
  for (const name of OPTIONS) {
    const limit = options[name];
    if (limit === undefined || (typeof limit === 'number' && limit >= 0)) continue;
    throw new BootstrapError(`uploads.${name} takes a number from 0, not ${String(limit)}`);
  }
}
