import { brand } from './brand.js';
import type { FactoryProvider } from './provider.js';
import { InjectionToken } from './token.js';

/**
 * A token that brings its provider along: what asks for it gets it without any module listing it. An application's
 * own provider under the token wins.
 */
export class ProvidedToken<T = unknown> extends InjectionToken<T> {
  constructor(
    description: string,
    readonly provider: Omit<FactoryProvider<T>, 'provide'>,
  ) {
    super(description);
  }

  override toString(): string {
    return this.description;
  }
}
brand(ProvidedToken, 'ProvidedToken');
