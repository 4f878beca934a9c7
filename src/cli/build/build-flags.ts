import type { BuildOptions } from '../../build/build-options.js';
import { UsageError } from '../command-error.js';
import type { Flags, FlagValues } from '../define-command.js';

/** The options of `build()` that make sense on a command line. */
export const BUILD_FLAGS = {
  out: { type: 'string', value: 'dir', about: 'the folder, for the bundle alone; bundle unless given' },
  format: { type: 'string', value: 'name', about: 'esm, unless given, or cjs' },
  'no-minify': { type: 'boolean', about: 'leaves the code readable' },
  sourcemaps: { type: 'string', value: 'place', about: 'outside of the bundle, unless given; inside; or none' },
  'runtime-sdk': { type: 'boolean', about: "leaves out the AWS SDK, of which Lambda's runtime has a copy" },
  external: { type: 'string', value: 'names', about: 'packages to leave out, with commas between them' },
  budget: { type: 'string', value: 'kB', about: 'of the code that is loaded at the start, over which a warning says what is heavy; 500 unless given, and none with --no-minify' },
} as const satisfies Flags;

export type BuildFlagValues = FlagValues<typeof BUILD_FLAGS>;

type FlaggedOptions = Pick<BuildOptions, 'format' | 'minify' | 'sourcemaps' | 'runtimeSdk' | 'external' | 'budget'>;

const SOURCEMAPS = { outside: 'outside', inside: 'inside', none: false } as const;
const FORMATS = { esm: 'esm', cjs: 'cjs' } as const;

/** @throws UsageError for a value that a flag does not take. */
export function buildOptions({ format = 'esm', sourcemaps = 'outside', external, budget, ...values }: BuildFlagValues): FlaggedOptions {
  return {
    format: oneOf('format', format, FORMATS),
    minify: values['no-minify'] !== true,
    sourcemaps: oneOf('sourcemaps', sourcemaps, SOURCEMAPS),
    runtimeSdk: values['runtime-sdk'] === true,
    external: (external ?? '').split(',').map((name) => name.trim()).filter(Boolean),
    ...(budget !== undefined && { budget: kilobytesOf(budget) }),
  };
}

function oneOf<T extends object>(flag: string, value: string, choice: T): T[keyof T] {
  if (Object.hasOwn(choice, value)) return choice[value as keyof T];
  throw new UsageError(`--${flag} takes ${Object.keys(choice).join(', ')}, not "${value}".`);
}

function kilobytesOf(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new UsageError(`--budget takes a number of kB over 0, not "${text}".`);
}
