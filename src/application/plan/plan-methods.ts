import { planArguments } from '../../binding/plan/plan-arguments.js';
import type { PipeTransform } from '../../contracts/pipeline.js';
import type {
  ConsumerMetadata,
  EnhancerKind,
  EnhancerMetadata,
  MethodMetadata,
} from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { ENHANCER_KINDS, isEnhancerClass } from '../../modules/enhancer-kinds.js';
import { providerInside } from '../../modules/plan/find-provider.js';
import { consumes, type DispatchedClass, type ModuleNode } from '../../modules/plan/module-node.js';
import type { PlannedProvider } from '../../modules/plan/planned-provider.js';
import { joinPath } from '../../router/paths.js';
import { planPattern } from '../../router/plan-pattern.js';
import { methodName } from '../../shared/class-methods.js';
import type { Schedule } from '../../shared/schedule.js';
import type { Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import type { ConsumerPlan, RoutePath, RoutePlan } from '../application-plan.js';
import { declaredKinds, isFor } from '../method/event-kinds.js';
import type { EnhancerPlan, EnhancersPlan, MethodPlan } from '../method/method-plan.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { controllerRoutes, type DeclaredPath } from './controller-routes.js';
import { refuseUnguardedWebSockets } from './refuse-unguarded-websockets.js';
import { refuseUnreachableEnhancers } from './refuse-unreachable-enhancers.js';
import { placedConsumer } from './schedules/placed-consumer.js';

/** A method that events are dispatched to, and the module of its class. */
interface DispatchedMethod extends DispatchedClass {
  readonly module: ModuleNode;
  readonly key: string | symbol;
  readonly metadata: MethodMetadata;
}

/** The kind of event that a method handles. */
interface PlannedEvent {
  /** The value of `context.getType()`. */
  readonly type: string;
  readonly source: 'request' | 'record' | 'batch';
}

/** Plans the methods that events are dispatched to. */
export class MethodPlanner {
  /** The schedules that consumers declare, which are to be checked. */
  readonly schedules = new Map<ConsumerPlan, Schedule>();
  readonly #checked = new Set<Constructor>();
  readonly #ofClasses = new Map<Constructor, EnhancersPlan>();

  /** @param modules All modules, for the advice in error messages. */
  constructor(
    private readonly modules: readonly ModuleNode[],
    private readonly config: ApplicationConfig,
  ) {}

  /**
   * Plans the routes of a module's controllers.
   *
   * @param lazyPrefix The prefix of a lazy module, before every path.
   * @throws BootstrapError for a path, an enhancer or a parameter that cannot work.
   */
  routes(module: ModuleNode, lazyPrefix = ''): RoutePlan[] {
    const { routePrefix } = module;
    const prefix = lazyPrefix && routePrefix ? joinPath(lazyPrefix, routePrefix) : lazyPrefix || routePrefix;
    return module.controllerClasses.flatMap(({ plan, type }) => {
      const { cors: corsOfClass } = mergedMetadata(type);
      return controllerRoutes(type, prefix, this.config.options.versioning).map(({ key, metadata, paths }) => {
        const { statusCode, headers, redirect, cors = corsOfClass } = metadata;
        const corsOfPath = corsOfClass ?? cors;
        return {
          method: this.#method({ plan, type, module, key, metadata }, { type: 'http', source: 'request' }),
          paths: paths.map((path) => this.#path(path, methodName(type, key))),
          ...(statusCode !== undefined && { statusCode }),
          ...(headers.length > 0 && { headers }),
          ...(redirect && { redirect }),
          ...(cors !== undefined && { cors: cors as NonNullable<RoutePlan['cors']> }),
          ...(corsOfPath !== undefined && { corsOfPath: corsOfPath as NonNullable<RoutePlan['cors']> }),
        };
      });
    });
  }

  /**
   * Plans the consumers of a module's controllers and providers.
   *
   * @throws BootstrapError for an enhancer or a parameter that cannot work.
   */
  consumers(module: ModuleNode): ConsumerPlan[] {
    return module.dispatchedClasses
      .filter(({ type }) => consumes(type))
      .flatMap((one) =>
        [...mergedMetadata(one.type).methods].flatMap(([key, metadata]) =>
          metadata.consumers.map((consumer) => this.#consumer({ ...one, module, key, metadata }, consumer)),
        ),
      );
  }

  /** Plans enhancers that are named in a module: the providers of classes, while instances stay as they are. */
  enhancers(given: EnhancerMetadata, module: ModuleNode): EnhancersPlan {
    const lists = ENHANCER_KINDS.filter((kind) => given[kind].length > 0).map(
      (kind) => [kind, given[kind].map((one) => this.#enhancer(one, kind, module))] as const,
    );
    return Object.fromEntries(lists);
  }

  #path({ httpMethod, pattern, version }: DeclaredPath, owner: string): RoutePath {
    const segments = planPattern(pattern, owner, this.config.router);
    return { httpMethod, pattern, segments, ...(version !== undefined && { version }) };
  }

  #consumer(method: DispatchedMethod, declared: ConsumerMetadata): ConsumerPlan {
    const { metadata, schedule } = placedConsumer(declared, methodName(method.type, method.key));
    const { source, batch } = metadata;
    const plan = { method: this.#method(method, { type: source, source: batch ? 'batch' : 'record' }), metadata };
    if (schedule) this.schedules.set(plan, schedule);
    return plan;
  }

  #method({ plan, type, module, key, metadata }: DispatchedMethod, event: PlannedEvent): MethodPlan {
    this.#check(type);
    const { enhancers, timeout: ofClass } = mergedMetadata(type);
    const { timeout = ofClass } = metadata;
    const levels = [this.#ofClass(type, enhancers, module), this.enhancers(metadata.enhancers, module)];
    return {
      controller: type,
      key,
      provider: plan,
      enhancers: levels.filter((level) => Object.keys(level).length > 0),
      arguments: planArguments(
        { controller: type, key, metadata },
        {
          source: event.source,
          validation: this.config.validation,
          isFor: (pipe) => isFor(declaredKinds(pipe), event.type),
          findProvider: (token) => (module.find(token) ? this.#find(token, module) : undefined),
          findPipe: (pipe: Constructor<PipeTransform>) => this.#find(pipe, module),
        },
      ),
      ...(timeout !== undefined && { timeout }),
    };
  }

  #check(type: Constructor): void {
    if (this.#checked.has(type)) return;
    this.#checked.add(type);
    refuseUnreachableEnhancers(type);
    refuseUnguardedWebSockets(type);
  }

  #ofClass(type: Constructor, given: EnhancerMetadata, module: ModuleNode): EnhancersPlan {
    let plan = this.#ofClasses.get(type);
    if (!plan) this.#ofClasses.set(type, (plan = this.enhancers(given, module)));
    return plan;
  }

  #enhancer(one: unknown, kind: EnhancerKind, module: ModuleNode): EnhancerPlan {
    if (typeof one !== 'function') return { instance: one as object };
    return plannedEnhancer(this.#find(one as Constructor, module), kind, `What is provided for ${one.name}`);
  }

  #find(token: Token, module: ModuleNode): PlannedProvider {
    return providerInside(token, module, this.modules);
  }
}

/** @param place Where it is named, for the message if its instance turns out to be no enhancer. */
export function plannedEnhancer(provider: PlannedProvider, kind: EnhancerKind, place: string): EnhancerPlan {
  const { definition } = provider;
  const isSure = 'useClass' in definition && isEnhancerClass(definition.useClass, kind);
  return isSure ? { provider } : { provider, unchecked: place };
}
