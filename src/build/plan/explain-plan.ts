import type { ApplicationPlan } from '../../application/application-plan.js';
import type { MethodPlan } from '../../application/method/method-plan.js';
import { EMIT, EMIT_NOTE } from '../../contracts/emittable.js';
import type { ProviderPlan } from '../../modules/provider-plan.js';
import { methodName } from '../../shared/class-methods.js';
import { isObject } from '../../shared/types.js';
import type { PlanItem } from '../build-report.js';

/** The routes, consumers and providers of an application. */
interface Planned extends Pick<ApplicationPlan, 'routes' | 'consumers'> {
  readonly order: readonly ProviderPlan[];
}

/** Lists a plan's routes, its consumers, and the DTO classes that it has readers for. */
export function explainPlan({ routes, consumers, order }: Planned): PlanItem[] {
  const ofRoutes = routes.flatMap(({ method, paths }) =>
    paths.map(({ httpMethod, pattern, version }) => ({
      kind: 'route' as const,
      name: `${httpMethod} ${pattern}${version === undefined ? '' : ` (version ${version})`}`,
      method: methodName(method.controller, method.key),
    })),
  );
  const ofConsumers = consumers.map(({ method, metadata: { source, criteria } }) => ({
    kind: 'consumer' as const,
    name: [source, ...Object.entries(criteria).map(([name, value]) => `${name}=${value}`)].join(' '),
    method: methodName(method.controller, method.key),
  }));
  const methods = [...routes, ...consumers].map(({ method }) => method);
  const ofFactories = order.flatMap(readerOfFactory);
  const readers = new Map(
    [...methods.flatMap(readersOf), ...ofFactories].map((item) => [`${item.name} ${item.note}`, item]),
  );
  return [...ofRoutes, ...ofConsumers, ...readers.values()];
}

/** Returns the item of a reader that a factory asks for, as one that sends messages does. */
function readerOfFactory({ definition }: ProviderPlan): PlanItem[] {
  return 'readerOf' in definition ? [readerItem(definition.readerOf, definition.useValue)] : [];
}

function readersOf({ arguments: { list } }: MethodPlan): PlanItem[] {
  return list.flatMap(({ type, readers = {}, pipes = [] }) => {
    const ofType = Object.values(readers).map((reader) => readerItem(type, reader));
    return [...ofType, ...pipes.flatMap((pipe) => ('reader' in pipe ? [readerItem(undefined, pipe.reader)] : []))];
  });
}

function readerItem(type: unknown, reader: unknown): PlanItem {
  const note = isObject(reader) ? (reader as { readonly [EMIT_NOTE]?: string })[EMIT_NOTE] : undefined;
  const name = typeof type === 'function' ? type.name : 'a class given to a decorator';
  if (note !== undefined)
    return { kind: 'dto', name, note: `read by the libraries, which its first value loads: ${note}` };
  return { kind: 'dto', name, note: isObject(reader) && EMIT in reader ? 'generated' : 'made at each start' };
}
