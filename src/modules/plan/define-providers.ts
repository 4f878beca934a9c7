import { appTokenName, meantAppToken } from '../../contracts/app-tokens.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { type CustomProvider, type ProvidedToken, Scope } from '../../shared/provider.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { Constructor } from '../../shared/types.js';
import { listOf } from '../list-of.js';
import { type Overrides } from '../overrides.js';
import type { Definition } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import { checkClass, refuseNestMiddleware } from './check-class.js';
import { addItems, ModuleNode } from './module-node.js';
import { type PlannedProvider, plannedProvider } from './planned-provider.js';
import { controllerClass, providerDefinition } from './provider-definition.js';

/**
 * Makes the reader of a DTO class.
 *
 * @param where Names the provider that needs it.
 */
export type ReaderMaker = (type: Constructor, where: string) => unknown;

/** The token of readers, which are not looked up by it. */
const READER = Symbol.for('lambent.reader');

/** Plans the providers and controllers that modules declare. */
export class ProviderDefiner {
  /** The keys of the overrides that replaced something. */
  readonly overridden = new Set<unknown>();
  readonly #overrides: ReadonlyMap<unknown, CustomProvider>;

  /** @throws BootstrapError when an override is not a valid provider. */
  constructor(
    overrides: Overrides['providers'],
    private readonly readerOf: ReaderMaker | undefined,
  ) {
    this.#overrides = new Map(
      [...overrides].map(([token, provider]) => [tokenKey(token), providerDefinition(provider, 'the override')]),
    );
  }

  define(node: ModuleNode): void {
    const { providers, controllers } = node.declaration;
    refuseNestMiddleware(node.type);
    for (const [index, entry] of providers.entries()) {
      this.#add(node, providerDefinition(entry, `providers[${index}] of ${node.name}`));
    }
    const own = this.#plan({ provide: node.type, useClass: node.type }, node.name);
    node.providers.set(tokenKey(node.type), { ...own, isModule: true });
    for (const [index, entry] of controllers.entries()) {
      const type = controllerClass(entry, `controllers[${index}] of ${node.name}`);
      node.controllers.push(plannedProvider({ provide: type, useClass: type }, node.name, controllerScope(type)));
    }
  }

  /** Returns the framework's own providers as one more global module, so that they can be overridden like any other. */
  builtInModule(builtIns: readonly Definition[]): ModuleNode {
    const tokens = builtIns.map(({ provide }) => provide);
    const lists = { imports: [], controllers: [], providers: [], exports: tokens, routes: [] };
    const node = new ModuleNode({ name: 'Lambent', type: Object, global: true, dynamic: false, ...lists });
    for (const builtIn of builtIns) node.providers.set(tokenKey(builtIn.provide), this.#plan(builtIn, node.name));
    return node;
  }

  /** Makes enhancer classes that a module names injectable, unless a visible module provides them. */
  defineInjectables(node: ModuleNode, types: Iterable<Constructor>): void {
    for (const type of types) {
      const key = tokenKey(type);
      if (node.injectables.has(key) || node.find(type)) continue;
      node.injectables.set(key, this.#plan({ provide: type, useClass: type }, node.name));
    }
  }

  /** Adds the list of the multi-providers that a module sees. */
  defineList(node: ModuleNode, provide: Token, items: readonly PlannedProvider[]): PlannedProvider {
    const plan = plannedProvider({ provide, useFactory: listOf }, node.name);
    plan.dependencies = items.map((target) => ({ target, deferred: false }));
    node.linked.set(tokenKey(provide), plan);
    return plan;
  }

  /** Adds the provider that comes with a token to a module. */
  defineProvided(node: ModuleNode, token: ProvidedToken): PlannedProvider {
    const plan = this.#plan({ ...token.provider, provide: token }, node.name);
    node.injectables.set(tokenKey(token), plan);
    return plan;
  }

  /** Adds the reader of a DTO class to a module. */
  defineReader(node: ModuleNode, type: Constructor, where: string): PlannedProvider {
    const plan = plannedProvider(
      { provide: READER, readerOf: type, useValue: this.readerOf?.(type, where) },
      node.name,
    );
    node.derived.push(plan);
    return plan;
  }

  #add(node: ModuleNode, definition: CustomProvider): void {
    const { provide } = definition;
    const plan = this.#plan(definition, node.name);
    const meant = meantAppToken(provide);
    if (meant !== undefined)
      throw new BootstrapError(
        `${node.name} provides ${describeToken(provide)}, which has no effect. Did you mean ${meant} of 'lambent'?`,
      );
    if (appTokenName(provide) !== undefined) node.appProviders.push(plan);
    // An override replaces the whole list.
    else if (definition.multi && !this.#overrides.has(tokenKey(provide)))
      addItems(node.items, tokenKey(provide), [plan]);
    else node.providers.set(tokenKey(provide), plan);
    refuseMixed(node, provide);
  }

  #plan(declared: Definition, moduleName: string): PlannedProvider {
    const definition = this.#override(declared) ?? declared;
    if ('useClass' in definition) checkClass(definition.useClass);
    return plannedProvider(definition, moduleName, declaredScope(definition), declared);
  }

  #override(declared: Definition): Definition | undefined {
    const key = overridableTokens(declared)
      .map(tokenKey)
      .find((name) => this.#overrides.has(name));
    const override = key === undefined ? undefined : this.#overrides.get(key);
    if (!override) return undefined;
    this.overridden.add(key);
    return { ...override, provide: declared.provide };
  }
}

function refuseMixed({ items, providers, name }: ModuleNode, token: Token): void {
  if (!items.has(tokenKey(token)) || !providers.has(tokenKey(token))) return;
  throw new BootstrapError(
    `${name} provides ${describeToken(token)} with multi: true and without it: a token has either one provider or a ` +
      `list. Add multi: true to all of them, or remove it.`,
  );
}

/** Returns the tokens an override can use: the provider's own, and before a shared `APP_*` token the class. */
function overridableTokens(declared: Definition): unknown[] {
  const isAppClass = appTokenName(declared.provide) !== undefined && 'useClass' in declared;
  return isAppClass ? [declared.useClass, declared.provide] : [declared.provide];
}

function declaredScope(definition: Definition): Scope {
  if ('builtIn' in definition) return definition.perEvent ? Scope.REQUEST : Scope.DEFAULT;
  if ('useFactory' in definition) return definition.scope ?? Scope.DEFAULT;
  if ('useClass' in definition) return definition.scope ?? classScope(definition.useClass);
  return Scope.DEFAULT;
}

function classScope(type: Constructor): Scope {
  return mergedMetadata(type).injectable?.scope ?? Scope.DEFAULT;
}

function controllerScope(type: Constructor): Scope {
  return mergedMetadata(type).controller?.scope ?? classScope(type);
}
