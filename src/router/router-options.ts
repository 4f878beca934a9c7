/** How exactly a path has to be that of a pattern; both as in Fastify, and strict unless given otherwise there. */
export interface RouterOptions {
  /** Whether a path with a slash at its end is that without. Without it `/a/` is another path than `/a`, in patterns as well. */
  readonly ignoreTrailingSlash: boolean;
  /** Whether letters of a pattern's text have to be in its case. Values of parameters keep theirs. */
  readonly caseSensitive: boolean;
}

export const STRICT: RouterOptions = { ignoreTrailingSlash: false, caseSensitive: true };
