import { IsOptional, ValidateIf } from 'class-validator';

/**
 * Lets a property be left out, in all groups: rules of a group would else apply to what is not there.
 *
 * @param orNull whether `null` passes, too; its rules apply to it where not.
 */
export function mayBeMissing(orNull: boolean): PropertyDecorator {
  return orNull ? IsOptional({ always: true }) : ValidateIf(isPresent, { always: true });
}

function isPresent(_dto: object, value: unknown): boolean {
  return value !== undefined;
}
