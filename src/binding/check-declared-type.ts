import { BootstrapError } from '../errors/bootstrap-error.js';
import { getLogger } from '../logging/current-logger.js';
import type { ParameterKind } from '../metadata/parameter-metadata.js';
import type { Constructor } from '../shared/types.js';
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
  if (isDto(type)) checkDtoOf(type, where);
  if (pipes.length > 0) return;
  if (type === undefined) throw new BootstrapError(`${where}: ${NOT_THERE_YET}`);
  if (type === Function) throw new BootstrapError(`${where}: ${TYPE_ONLY}`);
}

const told = new WeakSet<Constructor>();

/**
 * Finds what is wrong in a DTO, and warns of what only some compilers will hold, once a class.
 *
 * @throws BootstrapError when it would refuse every request, or check nothing.
 */
export function checkDtoOf(type: Constructor, where: string): void {
  const unclear = checkDto(type, where);
  if (unclear.length === 0 || told.has(type)) return;
  told.add(type);
  getLogger().warning(
    'The compiler does not say whether these properties are lists, so that a single value is taken, too, where JSON comes in: ' +
      'add @IsArray(), or a rule of the whole, such as @IsNotEmpty(), where it may be one value',
    { properties: unclear },
  );
}

const NOT_THERE_YET =
  'its type was not there yet when the class was evaluated, which a circle of imports causes, so nothing would be ' +
  'checked. Break the circle.';

const TYPE_ONLY =
  'its type is a class that is imported with `import type`, so nothing of it is left at run time and nothing would be ' +
  'checked. Import the class without `type`.';
