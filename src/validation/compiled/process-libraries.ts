import { refuseDeep } from '../../http/message/hostile-input.js';
import { type Constructor, isKindOf } from '../../shared/types.js';
import { buildingError, checkingError } from '../dto/library-errors.js';
import { conversionOf } from '../dto/plan-conversion.js';
import { copyInput } from '../plain-input.js';
import { unknownClass } from '../reading/check-inside.js';
import { type Check, installLibraries } from '../reading/libraries.js';
import { plain } from '../reading/members.js';
import { plainToInstance } from '../transformer/plain-to-instance.js';
import { LIBRARY_SCALARS } from '../transformer/transformer-metadata.js';
import { type CheckingOptions, librarySettings } from '../validation-options.js';
import { builderOf } from './build-text.js';
import { checkerOf } from './check-text.js';
import { foreign, scalarMember } from './library-values.js';
import { ProcessTarget } from './process-target.js';

type Build = (value: unknown, depth: number) => unknown;

/** The functions that read instances of one class. */
export interface ClassFunctions {
  readonly build: Build;
  readonly check: Check;
}

/** Generates the functions that build and check instances of a class. */
export function classFunctions(type: Constructor, options: CheckingOptions): ClassFunctions {
  const target = new ProcessTarget();
  const [build, check] = [builderOf(target, type), checkerOf(target, type, options)];
  const run = target.run();
  return { build: run(build) as Build, check: run(check) as Check };
}

const builds = new WeakMap<Constructor, Build>();

function buildOf(type: Constructor): Build {
  let build = builds.get(type);
  if (!build) {
    const target = new ProcessTarget();
    const name = builderOf(target, type);
    builds.set(type, (build = target.run()(name) as Build));
  }
  return build;
}

function typedMember(value: unknown, depth: number, type: unknown): unknown {
  if (Array.isArray(value)) return typedList(value, depth, type);
  if (!type) return plain(value, depth);
  if (value === null || value === undefined) return value;
  if (LIBRARY_SCALARS.has(type)) return scalarMember(type as Constructor, value, depth);
  if (typeof value !== 'object') return value;
  // The library reports a type that is not a class, and builds maps.
  const isLibrarys = typeof type !== 'function' || isKindOf(type, Map);
  return isLibrarys
    ? plainToInstance(type as Constructor, copyInput(value, depth))
    : buildOf(type as Constructor)(value, depth);
}

function typedList(values: readonly unknown[], depth: number, type: unknown): unknown[] {
  refuseDeep(depth);
  const items: unknown[] = [];
  values.forEach((value) => items.push(typedMember(value, depth + 1, type)));
  return items;
}

const checks = new Map<string, Check>();

/** Returns the check of instances of any class, equal to `validate` with these options; created once for each. */
function checkAny(options: CheckingOptions): Check {
  const key = JSON.stringify(librarySettings(options));
  let check = checks.get(key);
  if (!check) checks.set(key, (check = makeCheck(options)));
  return check;
}

function makeCheck(options: CheckingOptions): Check {
  const checkers = new WeakMap<Constructor, Check>();
  return (object, found, depth) => {
    const type: unknown = object.constructor;
    if (typeof type !== 'function') return unknownClass(object, found, depth);
    let check = checkers.get(type as Constructor);
    if (!check) {
      const target = new ProcessTarget();
      const name = checkerOf(target, type as Constructor, options);
      checkers.set(type as Constructor, (check = target.run()(name) as Check));
    }
    return check(object, found, depth);
  };
}

/** Makes the libraries, and classes that no plan knew, available to generated code of this process. */
export function provideLibraries(): void {
  installLibraries({
    foreign,
    scalar: scalarMember,
    typed: typedMember,
    checkAny,
    conversionOf,
    buildingError: (error, value, { type, loc }) => buildingError(error, type, value, loc),
    checkingError: (error, instance, { loc, options }) => checkingError(error, instance, loc, options),
  });
}
