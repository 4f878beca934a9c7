import type { EmitScope } from '../../contracts/emittable.js';
import type { Constructor } from '../../shared/types.js';
import { showsScalars } from '../dto/property-rules.js';
import { askEach, askedRule } from '../reading/asked-rule.js';
import { checkInside, checkItem, unknownClass } from '../reading/check-inside.js';
import {
  askUnique,
  everyItem,
  hasLength,
  isMemberOf,
  isNoEmail,
  isPlainEmail,
  lengthMessage,
} from '../reading/known-rules.js';
import {
  buildItems,
  collected,
  copyMembers,
  foreign,
  isMethod,
  isRecord,
  passOver,
  plain,
  refuseDeep,
  scalar,
  setOther,
  typed,
} from '../reading/members.js';
import { ruleMessage, withTokens, withValue } from '../reading/rule-message.js';
import { isListOrSet, isMapOrObject, isSingleObject } from '../reading/value-shape.js';
import { forbid, strip } from '../reading/whitelist.js';
import { CodeTarget } from './code-target.js';

/**
 * The functions that generated text calls. By name: an import of whole modules would cost every bundle their lists of
 * exports.
 */
const READING: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'validation/reading/asked-rule': { askEach, askedRule },
  'validation/reading/known-rules': {
    askUnique,
    everyItem,
    hasLength,
    isMemberOf,
    isNoEmail,
    isPlainEmail,
    lengthMessage,
  },
  'validation/reading/members': {
    buildItems,
    collected,
    copyMembers,
    foreign,
    isMethod,
    isRecord,
    passOver,
    plain,
    refuseDeep,
    scalar,
    setOther,
    typed,
  },
  'validation/reading/check-inside': { checkInside, checkItem, unknownClass },
  'validation/reading/rule-message': { ruleMessage, withTokens, withValue },
  'validation/reading/value-shape': { isListOrSet, isMapOrObject, isSingleObject },
  'validation/reading/whitelist': { forbid, strip },
};

/** The source text of functions, and the values that it refers to by name. No value is ever written into the text. */
class ProcessScope implements EmitScope {
  readonly #names = new Map<unknown, string>();
  readonly #taken = new Set<string>();
  readonly #declarations: string[] = [];

  value(value: unknown): string {
    let name = this.#names.get(value);
    if (name === undefined) this.#names.set(value, (name = this.#unique('$')));
    return name;
  }

  imported(module: string, name: string): string {
    const value = READING[module]?.[name];
    if (value === undefined) throw new Error(`The process has no ${name} of ${module} for generated code`);
    return this.value(value);
  }

  declare(hint: string, text: (name: string) => string): string {
    const name = this.#unique(hint);
    this.#declarations.push(text(name));
    return name;
  }

  valueNamed(name: string): unknown {
    return [...this.#names].find(([, one]) => one === name)?.[0];
  }

  /** Runs the declarations, and returns the value of an expression. */
  run(expression: string): unknown {
    const text = `'use strict';\n${this.#declarations.join('\n')}\nreturn ${expression};`;
    const make = Function(...this.#names.values(), text) as (...values: unknown[]) => unknown;
    return make(...this.#names.keys());
  }

  #unique(hint: string): string {
    let name = hint;
    for (let number = 1; this.#taken.has(name) || name === '$'; number++) name = `${hint}${number}`;
    this.#taken.add(name);
    return name;
  }
}

/** The functions of classes that were generated before, by what they do. */
const made = new WeakMap<Constructor, Map<string, Function>>();

/** Generates functions of this process. Those of a class are shared by all readers. */
export class ProcessTarget extends CodeTarget {
  declare protected readonly scope: ProcessScope;
  readonly #new = new Map<string, { readonly type: Constructor; readonly kind: string }>();
  readonly #declared = new Map<Constructor, Map<string, string>>();

  constructor() {
    super(new ProcessScope());
  }

  override once(type: Constructor, kind: string, hint: string, text: (name: string) => string): string {
    const known = this.#declared.get(type)?.get(kind);
    if (known !== undefined) return known;
    const earlier = made.get(type)?.get(kind);
    if (earlier) return this.scope.value(earlier);
    return this.declare(hint, (name) => {
      putIn(this.#declared, type).set(kind, name);
      this.#new.set(name, { type, kind });
      return text(name);
    });
  }

  /** Runs the generated code, and returns the functions by their names. */
  run(): (name: string) => Function {
    const functions = this.scope.run(`{ ${[...this.#new.keys()].join(', ')} }`) as Record<string, Function>;
    for (const [name, { type, kind }] of this.#new) putIn(made, type).set(kind, functions[name]!);
    return (name) => functions[name] ?? (this.scope.valueNamed(name) as Function);
  }

  override scalars(): string {
    return this.scope.value(showsScalars);
  }

  override left(value: unknown): string {
    return this.scope.value(value);
  }
}

interface MapOf<T> {
  get(type: Constructor): Map<string, T> | undefined;
  set(type: Constructor, value: Map<string, T>): unknown;
}

function putIn<T>(maps: MapOf<T>, type: Constructor): Map<string, T> {
  let map = maps.get(type);
  if (!map) maps.set(type, (map = new Map()));
  return map;
}

let allowed: boolean | undefined;

/** Whether the process may create functions from text. `--disallow-code-generation-from-strings` forbids it. */
export function canGenerateCode(): boolean {
  return (allowed ??= tryToGenerate());
}

function tryToGenerate(): boolean {
  try {
    return Function('return true')() === true;
  } catch {
    return false;
  }
}
