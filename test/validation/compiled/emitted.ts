import { EMIT, EMIT_NOTE, type EmitScope, NotEmittable } from '../../../src/contracts/emittable.js';
import type { Constructor } from '../../../src/shared/types.js';
import { refusingReader } from '../../../src/validation/compiled/compiled-reader.js';
import * as emittedReader from '../../../src/validation/emitted/emitted-reader.js';
import * as lateReader from '../../../src/validation/emitted/late-reader.js';
import type { InputSource, RefusingReader } from '../../../src/validation/input-reader.js';
import * as askedRule from '../../../src/validation/reading/asked-rule.js';
import * as checkInside from '../../../src/validation/reading/check-inside.js';
import * as convertMembers from '../../../src/validation/reading/convert-members.js';
import * as knownRules from '../../../src/validation/reading/known-rules.js';
import * as members from '../../../src/validation/reading/members.js';
import * as ruleMessage from '../../../src/validation/reading/rule-message.js';
import * as valueShape from '../../../src/validation/reading/value-shape.js';
import * as whitelist from '../../../src/validation/reading/whitelist.js';
import type { CheckingOptions } from '../../../src/validation/validation-options.js';

const MODULES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'validation/emitted/emitted-reader': emittedReader,
  'validation/emitted/late-reader': lateReader,
  'validation/reading/asked-rule': askedRule,
  'validation/reading/check-inside': checkInside,
  'validation/reading/convert-members': convertMembers,
  'validation/reading/known-rules': knownRules,
  'validation/reading/members': members,
  'validation/reading/rule-message': ruleMessage,
  'validation/reading/value-shape': valueShape,
  'validation/reading/whitelist': whitelist,
};

/** A module that is written as text, and evaluated with what it imports and what the application holds. */
export class WrittenModule implements EmitScope {
  /** What it refers to: each by its text, in words. */
  readonly held = new Map<unknown, string>();
  readonly #imports = new Map<string, unknown>();
  readonly #declarations: string[] = [];
  readonly #names = new Map<string, number>();

  value(value: unknown, what: string): string {
    this.held.set(value, what);
    return `held[${[...this.held.keys()].indexOf(value)}]`;
  }

  imported(module: string, name: string): string {
    const value = MODULES[module]?.[name];
    if (value === undefined) throw new Error(`${module} exports no ${name}`);
    this.#imports.set(name, value);
    return name;
  }

  declare(hint: string, text: (name: string) => string): string {
    const count = this.#names.get(hint) ?? 0;
    this.#names.set(hint, count + 1);
    const name = count === 0 ? hint : `${hint}$${count}`;
    this.#declarations.push(text(name));
    return name;
  }

  get text(): string {
    return this.#declarations.join('\n\n');
  }

  run(expression: string): unknown {
    const text = `'use strict';\n${this.text}\nreturn ${expression};`;
    // oxlint-disable-next-line no-new-func -- the text is our own
    const make = new Function('held', ...this.#imports.keys(), text) as (...values: unknown[]) => unknown;
    return make([...this.held.keys()], ...this.#imports.values());
  }
}

/** Writes a reader as text, and evaluates it; `undefined` if it is left to the libraries. */
export function emitted(type: Constructor, source: InputSource, options?: CheckingOptions): RefusingReader | undefined {
  const written = new WrittenModule();
  try {
    const reader = refusingReader(type, source, options);
    const expression = reader[EMIT](written);
    return reader[EMIT_NOTE] === undefined ? (written.run(expression) as RefusingReader) : undefined;
  } catch (error) {
    if (error instanceof NotEmittable) return undefined;
    throw error;
  }
}
