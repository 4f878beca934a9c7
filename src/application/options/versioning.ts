import type { Request } from '../../http/request/request.js';

/** The part of requests that names the version of a route. */
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

/** Returns the first segment of the paths of a version, as in `v1`. */
export function versionSegment({ prefix = 'v' }: VersioningOptions & { type: 'path' }, version: string): string {
  return `${prefix}${version}`;
}

/** Returns what reads the version of a request from its header; `undefined` without header versioning. */
export function versionReader(
  versioning: VersioningOptions | undefined,
): ((request: Request) => string | undefined) | undefined {
  if (versioning?.type !== 'header') return undefined;
  const name = versioning.name.toLowerCase();
  return (request) => request.header(name) ?? versioning.default;
}
