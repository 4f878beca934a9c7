import type { ParameterDescription } from '../../contracts/application-description.js';
import { Logger } from '../../contracts/logger.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { MethodMetadata, ParameterMetadata, RouteMetadata } from '../../metadata/class-metadata.js';
import { parameterTypes } from '../../metadata/reflection.js';
import { brandOf } from '../../shared/brand.js';
import { methodName, methodOf } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import { isDto } from '../../validation/dto/check-dto-class.js';
import { SCALARS } from '../../validation/scalar-reader.js';
import { consumedBy, kindsFor } from './body-kinds.js';

/** A method whose arguments are bound. */
export interface MethodTarget {
  readonly controller: Constructor;
  readonly key: string | symbol;
  readonly metadata: MethodMetadata;
}

/**
 * Plans the parameters of a method in order, by decorator or else by declared type.
 *
 * @throws BootstrapError if the compiler emitted no types, or it is unclear where a parameter's value comes from.
 */
export function planParameters(target: MethodTarget): ParameterDescription[] {
  const { controller, key, metadata } = target;
  const prototype = controller.prototype;
  const name = methodName(controller, key);
  const types = parameterTypes(prototype, key);
  const { length = 0 } = methodOf(prototype, key) ?? {};
  if (!types && length > 0) throw new BootstrapError(noTypesEmitted(name));
  const consumed = consumedBy(controller, metadata, name);
  const parameters = (types ?? []).map((type, index): ParameterDescription => {
    const where = `parameter ${index + 1} of ${name}`;
    const planned = metadata.parameters.get(index) ?? planByType(type, where);
    return { ...planned, type, where, ...(planned.kind === 'body' && { consumes: kindsFor(planned, type, consumed) }) };
  });
  checkBodies(parameters, metadata, name);
  return parameters;
}

function noTypesEmitted(name: string): string {
  return (
    `${name} has parameters, but the compiler emitted no types for them. ` +
    'Set "experimentalDecorators" and "emitDecoratorMetadata" in tsconfig.json; with swc, "legacyDecorator" and ' +
    '"decoratorMetadata". esbuild, tsx and Node\'s own type stripping emit none.'
  );
}

/** Of the parameters planned by type, only one can be the body, and only if the requests have a body. */
function checkBodies(parameters: readonly ParameterDescription[], metadata: MethodMetadata, name: string): void {
  const bodies = parameters.filter((parameter, index) => parameter.kind === 'body' && !metadata.parameters.has(index));
  const [first, second] = bodies;
  if (first && second) {
    throw new BootstrapError(
      `${name} has two parameters that could be the body, ${typeName(first)} and ${typeName(second)}. ` +
        'Mark one of them with @Query(), @Param() or @Body(key), or put both into one class.',
    );
  }
  const bodyless = metadata.routes.find(hasNoBody);
  const form = parameters.find((parameter) => parameter.form);
  if (form && bodyless && metadata.routes.every(hasNoBody)) throw new BootstrapError(formWithoutBody(form, bodyless));
  if (first && bodyless) {
    throw new BootstrapError(
      `${name} handles ${bodyless.method}, which has no body, ` +
        `but its parameter ${typeName(first)} would be the body. ` +
        'Mark it with @Query() to read it from the query string.',
    );
  }
}

function hasNoBody({ method }: RouteMetadata): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** An HTML form sent with GET is a query. */
function formWithoutBody({ where }: ParameterDescription, { method }: RouteMetadata): string {
  return (
    `${where}: @Form() reads a body, but its route handles ${method}, which has none. ` +
    'Use @Query(), or make it a @Post() route.'
  );
}

function typeName(parameter: ParameterDescription): string {
  return (parameter.type as Constructor).name;
}

/**
 * Plans a parameter without a decorator.
 *
 * @throws BootstrapError if its type does not say where the value comes from.
 */
function planByType(type: unknown, where: string): ParameterMetadata {
  const byBrand = BY_BRAND.get(brandOf(type) ?? '');
  if (byBrand) return byBrand;
  if (type === AbortSignal) return { kind: 'signal', pipes: [] };
  if (isDto(type)) return { kind: 'body', pipes: [] };
  throw new BootstrapError(`${where}: ${reasonOf(type)}`);
}

const BY_BRAND: ReadonlyMap<string, ParameterMetadata> = new Map([
  ['Request', { kind: 'request', pipes: [] }],
  ['Response', { kind: 'response', pipes: [] }],
  ['Logger', { kind: 'inject', token: Logger, pipes: [] }],
]);

/** The beginning of the error for a type that a circular import has left undefined. */
export const UNDEFINED_TYPE = 'its type was undefined when the class was evaluated, because of a circular import';

/** The other cause of such a type: swc emits nothing for a default value. */
export const OR_DEFAULT_VALUE =
  'With swc, a default value without a type has the same effect: declare one, as in limit: number = 20.';

function reasonOf(type: unknown): string {
  if (type === globalThis.Request || type === globalThis.Response) {
    const { name } = type as { name: string };
    return `its type is the global ${name}, not Lambent's. Add: import { ${name} } from 'lambent';`;
  }
  if (type === undefined) {
    return `${UNDEFINED_TYPE}. Break the circle, or mark it with @Inject(forwardRef(() => X)). ${OR_DEFAULT_VALUE}`;
  }
  if (type === Object || type === Function) {
    return (
      'its type is an interface, a union, or a class imported with `import type`, so it does not exist at run ' +
      'time. Import the class without `type`, or say where the value comes from with @Body(), @Query(), @Param(), ' +
      '@Inject() …'
    );
  }
  const name = (type as { name: string }).name;
  if (SCALARS.has(type) || type === Array || type === Symbol) {
    return (
      `nothing says where this ${name} comes from. ` +
      "Mark it with @Query('name'), @Param('name'), @Headers('name'), @Body('name') …"
    );
  }
  return (
    `${name} has no validation decorators, so it is not assumed to be the body. Mark it with @Body() if it is, ` +
    'give it class-validator decorators to validate it, or mark it with @Inject() if it is a provider.'
  );
}
