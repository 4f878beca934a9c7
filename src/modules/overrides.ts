import type { ModuleReference } from '../shared/module.js';
import type { CustomProvider } from '../shared/provider.js';
import type { Token } from '../shared/token.js';

/** Replacements for providers, enhancers and modules wherever an application uses them, for tests. */
export interface Overrides {
  readonly providers: ReadonlyMap<Token, CustomProvider>;
  readonly modules: ReadonlyMap<ModuleReference, ModuleReference>;
  /** Replaces dependencies that nothing provides. */
  readonly mocks?: Mocks | undefined;
}

export interface Mocks {
  /** Returns the replacement for a token, the same each time; `undefined` for none. */
  of(token: Token): unknown;
}

export const NO_OVERRIDES: Overrides = { providers: new Map(), modules: new Map() };
