import { refuseUnknownNames } from '../errors/option-rules.js';

/**
 * What a builder of events is given, its names checked: `path` in the place of `url` would test another request than
 * the test says.
 *
 * @throws TypeError
 */
export function checkedSample<S extends object>(sample: S, names: readonly (keyof S & string)[], where: string): S {
  refuseUnknownNames(sample, new Set(names), where);
  return sample;
}
