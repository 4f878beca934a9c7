import { flag, listOf, numberAbove, oneOf, type Rules, text } from '../errors/option-rules.js';

/** How a function is bundled, in the words of `lambent build`. */
export interface FunctionBundling {
  /** `esm` unless given; `cjs` for programs without `await` at the top. */
  readonly format?: 'esm' | 'cjs';
  /** `true` unless given. */
  readonly minify?: boolean;
  /** `outside` of the asset unless given, beside it in `cdk.out`; `inside`, where Node then reads them for every stack; or none. */
  readonly sourcemaps?: 'outside' | 'inside' | false;
  /** Leaves out the AWS SDK, of which Lambda's runtime has a copy. */
  readonly runtimeSdk?: boolean;
  /** Packages to leave out. */
  readonly external?: readonly string[];
  /** How many kB there may be before there is a warning. */
  readonly budget?: number;
}

export const BUNDLING_RULES: Rules<FunctionBundling> = {
  format: oneOf('esm', 'cjs'),
  minify: flag,
  sourcemaps: oneOf('outside', 'inside', false),
  runtimeSdk: flag,
  external: listOf(text),
  budget: numberAbove(0, 'kB'),
};

/** Flags of `lambent build`. */
export function bundlingFlags({ format, minify = true, sourcemaps, runtimeSdk, external = [], budget }: FunctionBundling): string[] {
  return [
    ...(format === undefined ? [] : [`--format=${format}`]),
    ...(minify ? [] : ['--no-minify']),
    ...(sourcemaps === undefined ? [] : [`--sourcemaps=${sourcemaps || 'none'}`]),
    ...(runtimeSdk ? ['--runtime-sdk'] : []),
    ...(external.length > 0 ? [`--external=${external.join(',')}`] : []),
    ...(budget === undefined ? [] : [`--budget=${budget}`]),
  ];
}
