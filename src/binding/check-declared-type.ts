import { BootstrapError } from '../errors/bootstrap-error.js';
import type { ParameterKind } from '../metadata/parameter-metadata.js';
import { checkDto, isDto } from '../validation/dto-metadata.js';
import type { Parameter } from './parameter.js';

/** Kinds whose values are converted to the declared type and checked by it. */
const CHECKED: ReadonlySet<ParameterKind> = new Set(['body', 'query', 'param', 'headers', 'cookies']);

/**
 * Finds types by which input would be refused always, or never be checked.
 *
 * @throws BootstrapError when the class is not known at run time, or those of its properties are not.
 */
export function checkDeclaredType({ kind, type, pipes, where }: Parameter): void {
  if (!CHECKED.has(kind)) return;
  if (isDto(type)) checkDto(type, where);
  if (pipes.length > 0) return;
  if (type === undefined) throw new BootstrapError(`${where}: ${NOT_THERE_YET}`);
  if (type === Function) throw new BootstrapError(`${where}: ${TYPE_ONLY}`);
}

const NOT_THERE_YET =
  'its type was not there yet when the class was evaluated, which a circle of imports causes, so nothing would be ' +
  'checked. Break the circle.';

const TYPE_ONLY =
  'its type is a class that is imported with `import type`, so nothing of it is left at run time and nothing would be ' +
  'checked. Import the class without `type`.';
