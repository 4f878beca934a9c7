import { Logger } from '../contracts/logger.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { ParameterMetadata } from '../metadata/parameter-metadata.js';
import { brandOf } from '../shared/brand.js';
import { isDto } from '../validation/dto-metadata.js';

const SCALARS: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date, Array, BigInt, Symbol]);

/**
 * What a parameter without a decorator asks for.
 *
 * @throws BootstrapError when the type doesn't tell.
 */
export function planByType(type: unknown, where: string): ParameterMetadata {
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

function reasonOf(type: unknown): string {
  if (type === globalThis.Request || type === globalThis.Response) {
    const { name } = type as { name: string };
    return `its type is the global ${name}, not Lambent's. Add: import { ${name} } from 'lambent';`;
  }
  if (type === undefined) {
    return 'its type was not there yet when the class was evaluated, which a circle of imports causes. Break the circle, or mark it with @Inject(forwardRef(() => X)).';
  }
  if (type === Object || type === Function) {
    return (
      'its type is an interface, a union, or a class imported with `import type`, so nothing of it is left at run time. ' +
      'Import the class without `type`, or say where the value comes from with @Body(), @Query(), @Param(), @Inject() …'
    );
  }
  const name = (type as { name: string }).name;
  if (SCALARS.has(type)) {
    return `nothing says where this ${name} comes from. Mark it with @Query('name'), @Param('name'), @Headers('name'), @Body('name') …`;
  }
  return (
    `${name} has no validation metadata, so it is not taken for the body. Mark it with @Body() if it is, ` +
    `give it class-validator decorators to have it checked, or mark it with @Inject() if it is a provider.`
  );
}
