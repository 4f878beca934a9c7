import { BootstrapError } from '../errors/bootstrap-error.js';
import { checkCallOptions, flag } from '../errors/check-options.js';
import { brand } from '../shared/brand.js';
import { suggestion } from '../shared/suggestion.js';
import { describeToken, type Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import type { Lookup, ProviderLookup } from './instances/provider-lookup.js';
import { firstByToken, isSingleton, nameOf, type ProviderPlan } from './provider-plan.js';
import { tokenKey } from './token-key.js';

/** The view of a module: a part of the plan of an application that uses `ModuleRef`. */
export interface ModuleView {
  readonly module: string;
  readonly visible: readonly ProviderPlan[];
}

/** The options of the methods of `ModuleRef`. */
export interface ModuleRefOptions {
  /** Whether only what is visible in the module counts. `false` searches all modules. Default: `true`. */
  strict?: boolean;
}

/**
 * Finds providers at run time, where the token is not known before. Injectable everywhere; it sees what the module sees
 * that injects it: its own providers, the exports of its imports, and global ones.
 *
 * Its methods work once all instances are created: from `onModuleInit` on.
 */
export class ModuleRef {
  readonly #view: ModuleView;
  readonly #lookup: Lookup;
  #isReady = false;
  #byToken: ReadonlyMap<unknown, ProviderPlan> | undefined;

  /** @internal */
  constructor(view: ModuleView, lookup: Lookup) {
    this.#view = view;
    this.#lookup = lookup;
  }

  /**
   * Returns the single instance of a provider.
   *
   * @throws BootstrapError when nothing visible provides `token`, and for request-scoped and transient providers: use
   *   {@link resolve}.
   */
  get<T>(token: Token<T>, options?: ModuleRefOptions): T {
    const { lookup, plan } = this.#find(token, 'ModuleRef.get', options);
    return (plan ? lookup.single(plan) : lookup.get(token)) as T;
  }

  /**
   * Returns a new instance of a transient or request-scoped provider, in a scope of its own, or the single instance of
   * any other. New instances are yours to dispose of.
   *
   * @throws BootstrapError when nothing visible provides `token`, or when it reads from an event.
   */
  async resolve<T>(token: Token<T>, options?: ModuleRefOptions): Promise<T> {
    const { lookup, plan } = this.#find(token, 'ModuleRef.resolve', options);
    return (await (plan ? lookup.resolved(plan) : lookup.resolve(token))) as T;
  }

  /**
   * Creates an instance of a class that no module provides, with dependencies that are visible in the module. It is
   * yours to dispose of.
   *
   * @throws BootstrapError when a dependency is not visible, or reads from an event.
   */
  async create<T>(type: Constructor<T>): Promise<T> {
    const lookup = this.#instances('ModuleRef.create');
    // What reads dependencies from metadata, which otherwise the build has done.
    const { planUnlisted } = await import('./plan/unlisted-class.js');
    const plan = planUnlisted(type, this.#view.module, (token) => this.#plans.get(tokenKey(token)));
    return (await lookup.resolved(plan)) as T;
  }

  #find(
    token: Token,
    where: string,
    options: ModuleRefOptions = {},
  ): { readonly lookup: ProviderLookup; readonly plan: ProviderPlan | undefined } {
    refuseNestOptions(options, where);
    checkCallOptions(options, { strict: flag }, `the options of ${where}`);
    const lookup = this.#instances(where);
    if (options.strict === false) return { lookup, plan: undefined };
    const plan = this.#plans.get(tokenKey(token));
    if (plan) return { lookup, plan };
    const name = describeToken(token);
    const near = suggestion(name, [...this.#plans.values()].map(nameOf));
    throw new BootstrapError(
      `${where}: nothing visible in ${this.#view.module} provides ${name}. Import the module that exports it, or ` +
        `pass { strict: false } to search all modules.${near}`,
    );
  }

  #instances(where: string): ProviderLookup {
    const lookup = this.#lookup();
    const isMade = (plan: ProviderPlan): boolean => !isSingleton(plan) || lookup?.has(plan) === true;
    this.#isReady ||= this.#view.visible.every(isMade);
    if (lookup && this.#isReady) return lookup;
    throw new BootstrapError(
      `${where} is called in ${this.#view.module} while its instances are being created: call it in onModuleInit() ` +
        'or later, or inject what you need.',
    );
  }

  get #plans(): ReadonlyMap<unknown, ProviderPlan> {
    return (this.#byToken ??= firstByToken(this.#view.visible));
  }
}
brand(ModuleRef, 'ModuleRef');

/** Options of NestJS's `ModuleRef`, with what to do here instead. A context id is an object with an `id`. */
const NEST_OPTIONS: Readonly<Record<string, string>> = {
  each: 'has no option "each": give all providers of the token multi: true, and it returns the list of them.',
  id: 'takes no context id, because each call has a scope of its own: inject what belongs to the current event.',
};

/** @throws TypeError */
function refuseNestOptions(options: ModuleRefOptions, where: string): void {
  const name = Object.keys(NEST_OPTIONS).find((one) => Object.hasOwn(Object(options) as object, one));
  if (name !== undefined) throw new TypeError(`${where} ${NEST_OPTIONS[name]}`);
}
