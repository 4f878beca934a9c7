import { BadRequestException } from './exceptions.js';

/**
 * Decodes one percent-encoded component of a path or a query.
 *
 * @throws BadRequestException when the percent-encoding is malformed.
 */
export function decodeComponent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadRequestException(`Malformed percent-encoding: ${text.slice(0, 100)}`);
  }
}
