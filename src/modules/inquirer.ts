import type { Constructor } from '../shared/types.js';

/**
 * The token that tells a transient provider what depends on it: `@Inject(INQUIRER) inquirer: object`. It is the same
 * string as in NestJS.
 */
export const INQUIRER = 'INQUIRER';

/**
 * Makes what {@link INQUIRER} injects: an object of the class that depends on the provider. The instance is created
 * after its dependencies, so this one is empty, as in NestJS: read `inquirer.constructor`.
 */
export function inquirerOf(type: Constructor): object {
  return Object.create(type.prototype) as object;
}

/** Keeps the object from being disposed of as an instance of its class. */
export function leaveInquirer(): void {}
