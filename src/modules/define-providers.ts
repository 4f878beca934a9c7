import { appTokenName, meantAppToken } from '../contracts/app-tokens.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { classMetadata } from '../metadata/class-metadata.js';
import type { ProvidedToken } from '../shared/provided-token.js';
import type { CustomProvider } from '../shared/provider.js';
import { Scope } from '../shared/scope.js';
import { describeToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import type { BuiltIn } from './built-in.js';
import { checkClass } from './check-class.js';
import { ModuleNode } from './module-node.js';
import type { Overrides } from './overrides.js';
import { controllerClass, providerDefinition } from './provider-definition.js';
import { type Definition, ProviderPlan } from './provider-plan.js';
import { refuseNestMiddleware } from './refuse-nest.js';
import { tokenKey } from './token-key.js';

/** Plans a module's own providers and controllers. */
export class ProviderDefiner {
  /** By key: the overrides that took something's place. */
  readonly overridden = new Set<unknown>();
  readonly #overrides: ReadonlyMap<unknown, CustomProvider>;

  /** @throws BootstrapError when an override is no provider. */
  constructor(overrides: Overrides['providers']) {
    this.#overrides = new Map([...overrides].map(([token, provider]) => [tokenKey(token), providerDefinition(provider, 'the override')]));
  }

  define(node: ModuleNode): void {
    const { providers, controllers } = node.declaration;
    refuseNestMiddleware(node.type);
    for (const [index, entry] of providers.entries()) {
      this.#add(node, providerDefinition(entry, `providers[${index}] of ${node.name}`));
    }
    this.#add(node, { provide: node.type, useClass: node.type });
    for (const [index, entry] of controllers.entries()) {
      const type = controllerClass(entry, `controllers[${index}] of ${node.name}`);
      node.controllers.push(new ProviderPlan({ provide: type, useClass: type }, node.name, controllerScope(type)));
    }
  }

  /** The framework's own as one more global module, so that overrides take its providers' place like any other's. */
  builtInModule(builtIns: readonly BuiltIn<never>[]): ModuleNode {
    const tokens = builtIns.map(({ token }) => token);
    const lists = { imports: [], controllers: [], providers: [], exports: tokens };
    const node = new ModuleNode({ name: 'Lambent', type: Object, global: true, ...lists });
    for (const { token, value, read } of builtIns) {
      const definition = read ? { provide: token, read } : { provide: token, useValue: value };
      node.providers.set(tokenKey(token), this.#plan(definition, node.name));
    }
    return node;
  }

  /** Makes classes injectable that a module names without providing them, unless somebody provides them for it. */
  defineInjectables(node: ModuleNode, types: Iterable<Constructor>): void {
    for (const type of types) {
      const key = tokenKey(type);
      if (node.injectables.has(key) || node.find(type)) continue;
      node.injectables.set(key, this.#plan({ provide: type, useClass: type }, node.name));
    }
  }

  /** Gives a module the provider that a token brings along. */
  defineProvided(node: ModuleNode, token: ProvidedToken): ProviderPlan {
    const plan = this.#plan({ ...token.provider, provide: token }, node.name);
    node.injectables.set(tokenKey(token), plan);
    return plan;
  }

  #add(node: ModuleNode, definition: CustomProvider): void {
    const plan = this.#plan(definition, node.name);
    const meant = meantAppToken(plan.token);
    if (meant !== undefined) throw new BootstrapError(`${node.name} provides ${describeToken(plan.token)}, which nobody asks for: is ${meant} of 'lambent' meant?`);
    if (appTokenName(plan.token) === undefined) node.providers.set(tokenKey(plan.token), plan);
    else node.appProviders.push(plan);
  }

  #plan(declared: Definition, moduleName: string): ProviderPlan {
    const definition = this.#override(declared) ?? declared;
    if ('useClass' in definition) checkClass(definition.useClass);
    return new ProviderPlan(definition, moduleName, declaredScope(definition), declared);
  }

  #override(declared: Definition): Definition | undefined {
    const key = overridableNames(declared).map(tokenKey).find((name) => this.#overrides.has(name));
    const override = key === undefined ? undefined : this.#overrides.get(key);
    if (!override) return undefined;
    this.overridden.add(key);
    return { ...override, provide: declared.provide };
  }
}

/** Its token; under an `APP_*` token, which is everybody's, the class goes first. */
function overridableNames(declared: Definition): unknown[] {
  const named = appTokenName(declared.provide) !== undefined && 'useClass' in declared;
  return named ? [declared.useClass, declared.provide] : [declared.provide];
}

function declaredScope(definition: Definition): Scope {
  if ('read' in definition) return Scope.REQUEST;
  if ('useFactory' in definition) return definition.scope ?? Scope.DEFAULT;
  if ('useClass' in definition) return definition.scope ?? classScope(definition.useClass);
  return Scope.DEFAULT;
}

function classScope(type: Constructor): Scope {
  return classMetadata(type).injectable?.scope ?? Scope.DEFAULT;
}

function controllerScope(type: Constructor): Scope {
  return classMetadata(type).controller?.scope ?? classScope(type);
}
