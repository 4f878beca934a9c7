import { brand } from '../../shared/brand.js';
import { ParsePipe } from './parse-pipe.js';

const BOOLEANS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
]);

/** Takes `true` and `false`, as text or as booleans. */
export class ParseBoolPipe extends ParsePipe<boolean> {
  protected readonly rule = 'isBoolean';
  protected readonly noun = 'true or false';
  protected readonly schema = { type: 'boolean' };

  protected read(value: unknown): boolean | undefined {
    return BOOLEANS.get(value);
  }
}
brand(ParseBoolPipe, 'ParseBoolPipe');
