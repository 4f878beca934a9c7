import { checkArguments, oneOf } from '../errors/check-options.js';
import { JSON_FORMAT } from './config-format.js';
import { configDecorator } from './config-metadata.js';
import { DURATION_UNITS, type DurationUnit } from './duration.js';

/**
 * Reads a number from a duration such as `500ms`, `30s`, `5m`, `2h` or `1d`, in the unit that you name:
 * `@Duration('seconds') timeout = 30`. A text without a unit is refused.
 *
 * @throws BootstrapError for an unknown unit.
 */
export function Duration(unit: DurationUnit): PropertyDecorator {
  checkArguments({ unit }, { unit: oneOf(...Object.keys(DURATION_UNITS)) }, '@Duration');
  return configDecorator('@Duration', { format: { kind: 'duration', unit } });
}

/** Reads a property from JSON: `@Json() limits!: { requests: number }`. */
export function Json(): PropertyDecorator {
  return configDecorator('@Json', { format: JSON_FORMAT });
}
