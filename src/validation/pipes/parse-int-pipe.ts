import { brand } from '../../shared/brand.js';
import { ParsePipe } from './parse-pipe.js';

const INTEGER = /^-?\d+$/;

/** Takes whole numbers that a double holds exactly, as text or as numbers. */
export class ParseIntPipe extends ParsePipe<number> {
  protected readonly rule = 'isInt';
  protected readonly noun = 'an integer';
  protected readonly schema = { type: 'integer' };

  protected read(value: unknown): number | undefined {
    const number = typeof value === 'string' && INTEGER.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : undefined;
  }
}
brand(ParseIntPipe, 'ParseIntPipe');
