import { aLimit, checkOptions, type Rules } from '../../errors/check-options.js';
import type { UploadOptions } from './upload-options.js';

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
