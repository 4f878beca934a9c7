import { API_SECURITY, type ApiSecurityScheme } from '../../contracts/api-security.js';
import { APP_GUARD } from '../../contracts/app-tokens.js';
import type {
  ApplicationDescription,
  ConsumerDescription,
  DestinationDescription,
  ModuleDescription,
} from '../../contracts/application-description.js';
import { AWS_USES, type AwsUse, type BucketUse } from '../../contracts/aws-uses.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { returnType } from '../../metadata/reflection.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { nameOf } from '../../modules/provider-plan.js';
import { tokenKey } from '../../modules/token-key.js';
import { joinPath } from '../../router/paths.js';
import { methodName } from '../../shared/class-methods.js';
import { DestinationToken, variableOf } from '../../shared/destination.js';
import type { ModuleReference } from '../../shared/module.js';
import type { Schedule } from '../../shared/schedule.js';
import type { Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { ConsumerPlan } from '../application-plan.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { describeRoutes } from './describe-routes.js';
import { planDispatch, type PlannedDispatch } from './plan-dispatch.js';
import { planGraph } from './plan-graph.js';

/** @throws BootstrapError for every error that metadata shows, but for those of schedules. */
export function describeApplication(root: ModuleReference, config: ApplicationConfig): ApplicationDescription {
  const graph = planGraph(root, config);
  return describePlanned(graph.modules, planDispatch(graph, config), config);
}

/** Describes planned modules, and what events are dispatched to in them. */
export function describePlanned(
  modules: readonly ModuleNode[],
  { routes, consumers, schedules }: PlannedDispatch,
  { options, validation, requestsVia, basePath }: ApplicationConfig,
): ApplicationDescription {
  const guards = [...(options.guards ?? []), ...modules.flatMap(providedGuards)];
  return {
    routes: routes.flatMap((route) => describeRoutes(route, guards)),
    consumers: consumers.map((consumer) => describeConsumer(consumer, schedules.get(consumer))),
    requestsVia,
    sends: modules.flatMap(describeDestinations),
    uses: modules.flatMap((module) => [
      ...((providedValue(module, AWS_USES) ?? []) as readonly AwsUse[]),
      ...module.dispatchedClasses.flatMap(({ type }) => bucketsOf(type)),
    ]),
    modules: modules.map(describeModule),
    lazy: lazyPrefixes(modules),
    validation,
    basePaths: basePath,
    guards,
    securitySchemes: Object.assign({}, ...modules.map(securitySchemesOf)),
  };
}

function lazyPrefixes(modules: readonly ModuleNode[]): string[] {
  const all = modules.flatMap(({ lazyModules }) => lazyModules.map(({ lazyPrefix }) => joinPath(lazyPrefix)));
  return [...new Set(all)];
}

/** Returns the classes that a module provides under `APP_GUARD`, and tokens, values and factories as they are. */
function providedGuards({ appProviders }: ModuleNode): unknown[] {
  const guards = appProviders.filter(({ definition }) => tokenKey(definition.provide) === tokenKey(APP_GUARD));
  return guards.flatMap(({ definition }) => {
    if ('useClass' in definition) return [definition.useClass];
    if ('useExisting' in definition) return [definition.useExisting];
    if ('useValue' in definition) return [definition.useValue];
    return 'useFactory' in definition ? [definition.useFactory] : [];
  });
}

function securitySchemesOf(module: ModuleNode): Readonly<Record<string, ApiSecurityScheme>> {
  return (providedValue(module, API_SECURITY) ?? {}) as Readonly<Record<string, ApiSecurityScheme>>;
}

/** Returns the value that a module provides for a token; `undefined` if there is none, or it is no value. */
function providedValue({ providers }: ModuleNode, token: Token): unknown {
  const definition = providers.get(tokenKey(token))?.definition;
  return definition && 'useValue' in definition ? definition.useValue : undefined;
}

function describeConsumer(
  { method: { controller: type, key, provider }, metadata }: ConsumerPlan,
  schedule: Schedule | undefined,
): ConsumerDescription {
  const { source, criteria, batch = false, via } = metadata;
  const returns = (returnType(type.prototype, key) as { name?: string } | undefined)?.name;
  const handler = methodName(type, key);
  return { source, criteria, batch, returns, via, schedule, handler, type, key, module: provider.moduleName };
}

/** Returns the buckets that consumers read large payloads from. */
function bucketsOf(type: Constructor): BucketUse[] {
  const places = [...mergedMetadata(type).methods.values()].flatMap(({ readsPayloads = [] }) => readsPayloads);
  return places.map(({ name, prefix }) => ({ kind: 'bucket', name, prefix, access: 'read' }));
}

function describeDestinations({ name: module, providers }: ModuleNode): DestinationDescription[] {
  return [...providers.values()].flatMap(({ definition: { provide } }) => {
    if (!(provide instanceof DestinationToken)) return [];
    const { destination } = provide;
    return [{ ...destination, variable: variableOf(destination), module }];
  });
}

function describeModule(module: ModuleNode): ModuleDescription {
  return {
    name: module.name,
    global: module.declaration.global,
    imports: module.imports.map(({ name }) => name),
    controllers: module.controllers.map(nameOf),
    providers: [...module.providers.values(), ...module.ownItems, ...module.appProviders].map(nameOf),
    exports: [...module.exported.values(), ...[...module.exportedItems.values()].flatMap((items) => [...items])].map(
      nameOf,
    ),
  };
}
