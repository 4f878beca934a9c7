import { BadRequestException } from './exceptions.js';

/**
 * Decodes one percent-encoded component of a path, a query or a form.
 *
 * @throws BadRequestException for malformed percent-encoding. The log gets only its length: it may be a password.
 */
export function decodeComponent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const errorDetail = `Malformed percent-encoding in a text of ${text.length} characters`;
    throw new BadRequestException(`Malformed percent-encoding: ${text.slice(0, 100)}`, { errorDetail });
  }
}
