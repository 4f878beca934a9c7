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
