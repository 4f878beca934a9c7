import type { Constructor, PlainObject } from '../../shared/types.js';

/** The rules by which class-transformer's decorators serialize one property. */
export interface SerializedProperty {
  /** The name in JSON. */
  readonly name: string;
  /** Whether it is never serialized: excluded, or exposed for groups only. */
  readonly hidden: boolean;
  /** Returns the value to write. */
  readonly valueIn: (instance: PlainObject) => unknown;
  /** Returns what `@Type` declares; `undefined` without `@Type`. */
  readonly typedIn: ((instance: object) => Typed) | undefined;
}

/** The declaration of `@Type` for a property of one instance. */
export interface Typed {
  readonly type: unknown;
  readonly discriminator:
    | {
        readonly property?: string;
        readonly subTypes?: readonly { readonly name: string; readonly value: Constructor }[];
      }
    | undefined;
  /** Whether the property is a map if its value is an object. */
  readonly map: boolean;
}

/** The rules by which instances of a class with class-transformer decorators are serialized. */
export interface SerializedClass {
  readonly type: Constructor;
  /** Whether `@Expose` names what is serialized. */
  readonly exposes: boolean;
  /** Returns a decorated property. */
  property(key: string): SerializedProperty | undefined;
  /** Whether a property is serialized if an instance has it. */
  writes(key: string): boolean;
  /** Returns the properties of an instance to write, in the library's order. */
  keysOf(instance: object): string[];
}

type FindRules = (type: unknown) => SerializedClass | undefined;

let find: FindRules = () => undefined;

/** Returns how a class is serialized; `undefined` if it has no class-transformer decorators. */
export function serializedClass(type: unknown): SerializedClass | undefined {
  return find(type);
}

/** Sets what finds the rules of a class: class-transformer's decorators, if the application has any. */
export function useSerializationRules(rules: FindRules): void {
  find = rules;
}
