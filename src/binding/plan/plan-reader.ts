import { BootstrapError } from '../../errors/bootstrap-error.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { describeToken } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import { type EmittableReader, refusingReader } from '../../validation/compiled/compiled-reader.js';
import { checkDto, isDto } from '../../validation/dto/check-dto-class.js';
import type { ValidationOptions } from '../../validation/validation-options.js';

/**
 * Plans the reader of a DTO class that a factory asks for: it checks what a body of that class is checked for.
 *
 * @param where Names the factory's provider in messages.
 * @throws BootstrapError if it is not a DTO class, or one that would check nothing.
 */
export function planReader(type: Constructor, where: string, validation: ValidationOptions): EmittableReader {
  if (!isDto(type)) {
    throw new BootstrapError(
      `${where}: ${describeToken(type)} has no rules of class-validator, so nothing would be checked. ` +
        'Add decorators such as @IsString() to its properties, or use a Standard Schema.',
    );
  }
  checkDtoClass(type, where);
  return refusingReader(type, { location: 'body' }, validation);
}

const warned = new WeakSet<Constructor>();

/**
 * Finds errors in a DTO class. Warns once per class of properties whose type only some compilers emit.
 *
 * @throws BootstrapError if the class would refuse every request, or check nothing.
 */
export function checkDtoClass(type: Constructor, where: string): void {
  const unclear = checkDto(type, where);
  if (unclear.length === 0 || warned.has(type)) return;
  warned.add(type);
  getLogger().warning(
    'The compiler does not say whether these properties are lists, so JSON input may hold a single value instead: ' +
      'add @IsArray(), or, if one value is fine, a rule for the whole value such as @IsNotEmpty()',
    { properties: unclear },
  );
}
