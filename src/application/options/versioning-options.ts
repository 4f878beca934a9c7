import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anyText, anything, checkOptions, refuseUnknownOptions, text } from '../../errors/check-options.js';
import { headerName } from '../../http/message/headers.js';

/** Where a request says which version of a route it wants. */
export type VersioningOptions =
  | {
      type: 'path';
      /** What stands before the version in the path's first segment; `v` unless given, as in `/v1/orders`. */
      prefix?: string;
      /** The version of routes that name none; they have no version segment without it. */
      default?: string;
    }
  | {
      type: 'header';
      /** The header's name, as in `x-api-version`. */
      name: string;
      /** The version of requests without the header. */
      default?: string;
    };

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
