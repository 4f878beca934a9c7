import type { Token } from '../shared/token.js';
import type { EventScope } from './event-scope.js';

/** Something the framework itself makes injectable everywhere: a value (Logger), or part of an event (Request). */
export interface BuiltIn<S extends EventScope = EventScope> {
  readonly token: Token;
  readonly value?: unknown;
  /** Makes whatever depends on it request-scoped. */
  readonly read?: (scope: S) => unknown;
}
