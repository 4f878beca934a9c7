import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anyText, anything, checkOptions, refuseUnknownOptions, text } from '../../errors/check-options.js';
import { headerName } from '../../http/message/headers.js';
import type { VersioningOptions } from '../options/versioning-options.js';

const OPTIONS = { path: ['type', 'prefix', 'default'], header: ['type', 'name', 'default'] };

const RULES = { type: anything, prefix: anyText, default: text, name: headerName };

/** @throws BootstrapError for an unknown type or option, and for a header that is not named. */
export function checkVersioning(versioning: VersioningOptions): void {
  const { type } = versioning;
  if (!Object.hasOwn(OPTIONS, type))
    throw new BootstrapError(`versioning.type is ${String(type)}: it takes path or header`);
  refuseUnknownOptions(versioning, OPTIONS[type], 'the option versioning');
  const names = { ...versioning, type: undefined };
  checkOptions(names, RULES, 'the option versioning');
  if (type === 'header' && !versioning.name) {
    throw new BootstrapError("versioning takes the header's name: { type: 'header', name: 'x-api-version' }");
  }
}
