import type { Constructor } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import type { CheckingOptions } from '../validation-options.js';
import type { ConversionPlan } from './conversion-plan.js';
import type { ValidationDetails } from './validation-details.js';

/** Checks an object whose members stand behind `depth` keys. */
export type Check = (object: object, found: ValidationDetails, depth: number) => void;

/** The value that is read, for the explanation of an error. */
export interface Reading {
  readonly type: Constructor;
  readonly loc: Loc;
  readonly options: CheckingOptions;
}

/** Functions that need class-transformer and class-validator themselves, or what their decorators said of any class. */
export interface Libraries {
  /** Builds from an object that no parser returns, such as an uploaded file or an instance. */
  foreign(value: object, depth: number, type?: Constructor): unknown;
  /** Converts an object or a list to a type without members, such as `Number` or `Date`. */
  scalar(type: Constructor, value: unknown, depth: number): unknown;
  /** Builds a value by the type that its `@Type` function returned for this object. */
  typed(value: unknown, depth: number, type: unknown): unknown;
  /** Returns the check for instances of any class. */
  checkAny(options: CheckingOptions): Check;
  conversionOf(type: Constructor): ConversionPlan;
  /** Returns the error to throw when building threw. */
  buildingError(error: unknown, value: object, reading: Reading): unknown;
  /** Returns the error to throw when checking threw. */
  checkingError(error: unknown, instance: object, reading: Reading): unknown;
}

let installed: Libraries | undefined;

/** @throws Error where they are not loaded: the input is read again once they are. */
export function libraries(): Libraries {
  if (!installed) throw new Error('The libraries are not loaded');
  return installed;
}

export function hasLibraries(): boolean {
  return installed !== undefined;
}

export function installLibraries(given: Libraries): void {
  installed = given;
}
