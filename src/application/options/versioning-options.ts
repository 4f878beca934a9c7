import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anyText, anything, checkOptions, refuseUnknownOptions, text } from '../../errors/check-options.js';
import { headerName } from '../../http/message/headers.js';

/** Where requests name the version of a route. */
export type VersioningOptions =
  | {
      type: 'path';
      /** The prefix of the version in the first segment of the path. `v` by default, as in `/v1/orders`. */
      prefix?: string;
      /** The version of routes without one; if not given, they have no version segment. */
      default?: string;
    }
  | {
      type: 'header';
      /** The name of the header, as in `x-api-version`. */
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
