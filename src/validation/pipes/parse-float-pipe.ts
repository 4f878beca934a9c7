import { brand } from '../../shared/brand.js';
import { convertScalar, SCALARS } from '../scalars.js';
import { ParsePipe } from './parse-pipe.js';

/** Takes finite decimal numbers, as text or as numbers. */
export class ParseFloatPipe extends ParsePipe<number> {
  protected readonly rule = 'isNumber';
  protected readonly noun = 'a number';
  protected readonly schema = { type: 'number' };

  protected read(value: unknown): number | undefined {
    return convertScalar(SCALARS.get(Number)!, value) as number | undefined;
  }
}
brand(ParseFloatPipe, 'ParseFloatPipe');
