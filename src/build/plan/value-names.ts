import type { ApplicationOptions } from '../../application/options/application-options.js';
import { PLANNED_OPTIONS } from '../../application/plan/application-facts.js';
import type { EmitScope } from '../../contracts/emittable.js';
import { declaredMetadata } from '../../metadata/class-metadata.js';
import { constructorTypes, parameterTypes, propertyType } from '../../metadata/reflection.js';
import { isWrittenAsClass } from '../../metadata/written-class.js';
import type { ProviderPlan } from '../../modules/provider-plan.js';
import { asList } from '../../shared/json-values.js';
import type { ModuleReference } from '../../shared/module.js';
import { describeToken, KnownToken } from '../../shared/token.js';
import { type Constructor, isObject } from '../../shared/types.js';
import { recordedConstraints, recordedRules } from '../../validation/recorded-rules.js';
import { transformerMaps } from '../../validation/transformer/transformer-maps.js';
import { memberAccess, stringLiteral } from '../literals.js';
import type { ValueNames } from './emit-value.js';
import { valuesInside } from './value-walk.js';

/** The exports of the framework's files: by the file's path in `src/`, without its extension. */
export type Namespaces = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** The values that exist before an emitted plan is made: `LambdaApplication.create` was given `root` and `options`. */
export interface Given {
  /** The root module, or the lazy module. */
  readonly root: ModuleReference;
  readonly options: object;
  /** The decorated classes that there were when the application was created, or when the lazy module was loaded. */
  readonly classes: readonly Function[];
  /** For a lazy module, the providers that run. Its plan is given both lists. */
  readonly running?: readonly ProviderPlan[];
}

type Expression = (scope: EmitScope) => string;

/**
 * Finds expressions for what decorators, the options of `create`, the framework and the global object hold. Where
 * several lead to a value, the first counts: a decorated class by its position, classes and tokens of the language and
 * the framework by name, all else by where it stands in the options or in the metadata.
 */
export class HeldValues implements ValueNames {
  readonly #expressions = new Map<unknown, Expression>();
  readonly #declared = new WeakMap<EmitScope, Map<string, string>>();
  readonly #classes: readonly Function[];
  readonly #isLazy: boolean;
  #hasInstances = false;

  constructor({ root, options, classes, running }: Given, namespaces: Namespaces) {
    this.#classes = classes;
    this.#isLazy = running !== undefined;
    running?.forEach((plan, index) => this.#add(plan, () => `running[${index}]`));
    this.#classes.forEach((type, index) => this.#add(type, (scope) => `${this.#list(scope)}[${index}]`));
    this.#addNamed(namespaces, isNamedInFacts);
    // Only what is compared: at the start, any other option may have another value.
    for (const name of PLANNED_OPTIONS)
      this.#addInside({ [name]: (options as ApplicationOptions)[name] }, () => 'options');
    if (typeof root !== 'function') this.#addInside(root, () => 'root');
    this.#classes.forEach((type) => this.#addRecord(type));
    this.#classes.forEach((type) => this.#addTypes(type as Constructor));
    this.#classes.forEach((type) => this.#addRules(type));
    this.#addTransformers();
    this.#addNamed(namespaces, (value) => !isNamedInFacts(value));
  }

  expressionOf(value: unknown, scope: EmitScope): string | undefined {
    if (!isObject(value) && typeof value !== 'symbol') return undefined;
    let expression = this.#expressions.get(value);
    if (!expression && typeof value === 'object' && !this.#hasInstances) {
      this.#addValidators();
      expression = this.#expressions.get(value);
    }
    return expression?.(scope);
  }

  hintOf(value: unknown): string | undefined {
    const { definition } = value as Partial<ProviderPlan>;
    return definition && `${describeToken(definition.provide).replaceAll('"', '')}_provider`;
  }

  titleOf(value: object): string | undefined {
    const { definition, moduleName } = value as Partial<ProviderPlan>;
    return definition && `the provider ${describeToken(definition.provide)} of ${moduleName}`;
  }

  #add(value: unknown, expression: Expression): void {
    if ((isObject(value) || typeof value === 'symbol') && !this.#expressions.has(value))
      this.#expressions.set(value, expression);
  }

  /** @param isData Whether plain objects are data, which a plan repeats. */
  #addInside(root: unknown, expression: Expression, isData = false): void {
    for (const found of valuesInside(root, isData)) {
      const repeated = found.isData && typeof found.value === 'object' && isCopied(found.value);
      if (!repeated) this.#add(found.value, (scope) => found.from(expression(scope)));
    }
  }

  /** Adds what the language and the framework have by name. */
  #addNamed(namespaces: Namespaces, isAdded: (value: unknown) => boolean): void {
    for (const [name, value] of globals()) if (isAdded(value)) this.#add(value, () => name);
    for (const [module, exports] of namespaces)
      for (const [name, value] of Object.entries(exports))
        if (isAdded(value)) this.#add(value, (scope) => scope.imported(module, name));
  }

  #addRecord(type: Function): void {
    const record = this.#once(
      `${type.name}_record`,
      type,
      (scope) => `${scope.imported('metadata/class-metadata', 'declaredMetadata')}(${this.#class(type, scope)})`,
    );
    this.#addInside(declaredMetadata(type), record, true);
  }

  /** Adds what the compiler emitted of a class, which names classes without decorators. */
  #addTypes(type: Constructor): void {
    const prototype = type.prototype;
    const of = (scope: EmitScope, reader: string) =>
      `${scope.imported('metadata/reflection', reader)}(${this.#class(type, scope)}`;
    const list = (types: readonly unknown[] | undefined, expression: Expression) =>
      types?.forEach((one, index) => this.#add(one, (scope) => `${expression(scope)}[${index}]`));
    list(constructorTypes(type), (scope) => `${of(scope, 'constructorTypes')})`);
    const rules = recordedRules(type).map(({ propertyName }) => propertyName as string);
    for (const key of new Set([...Object.getOwnPropertyNames(Object(prototype)), ...rules])) {
      const place = `.prototype, ${stringLiteral(key)})`;
      list(parameterTypes(prototype, key), (scope) => of(scope, 'parameterTypes') + place);
      this.#add(propertyType(prototype, key), (scope) => of(scope, 'propertyType') + place);
    }
  }

  #addRules(type: Function): void {
    const list = this.#rules(type);
    recordedRules(type).forEach((rule, index) => {
      const expression: Expression = (scope) => `${list(scope)}[${index}]`;
      this.#add(rule, expression);
      // An instance of the library's class, of which plans use what is in it, but nothing inside that.
      for (const [name, member] of Object.entries(rule)) {
        const ofMember: Expression = (scope) => expression(scope) + memberAccess(name);
        this.#add(member, ofMember);
        if (Array.isArray(member)) member.forEach((one, at) => this.#add(one, (scope) => `${ofMember(scope)}[${at}]`));
      }
    });
  }

  /** Adds validators and their instances. The library makes an instance when it is first asked for. */
  #addValidators(): void {
    this.#hasInstances = true;
    for (const type of this.#classes) {
      const list = this.#rules(type);
      recordedRules(type).forEach((rule, index) =>
        recordedConstraints(rule).forEach((constraint, place) => {
          const expression: Expression = (scope) =>
            `${scope.imported('validation/recorded-rules', 'recordedConstraints')}(${list(scope)}[${index}])[${place}]`;
          this.#add(constraint, expression);
          this.#add(constraint.instance, (scope) => `${expression(scope)}.instance`);
        }),
      );
    }
  }

  #rules(type: Function): Expression {
    return this.#once(
      `${type.name}_rules`,
      type,
      (scope) => `${scope.imported('validation/recorded-rules', 'recordedRules')}(${this.#class(type, scope)})`,
    );
  }

  #addTransformers(): void {
    for (const [kind, map] of Object.entries(transformerMaps())) {
      for (const [type, members] of map as ReadonlyMap<object, ReadonlyMap<string | undefined, object>>) {
        const ofClass: Expression = (scope) =>
          `${scope.imported('validation/transformer/transformer-maps', 'transformerMaps')}().${kind}` +
          `.get(${this.#class(type as Function, scope)})`;
        for (const [member, recorded] of members) {
          const key = member === undefined ? 'undefined' : stringLiteral(member);
          const expression: Expression = (scope) => `${ofClass(scope)}.get(${key})`;
          this.#add(recorded, expression);
          for (const found of recordedIn(recorded)) this.#add(found.value, (scope) => found.from(expression(scope)));
        }
      }
    }
  }

  #class(type: Function, scope: EmitScope): string {
    return scope.value(type, `the class ${type.name}`);
  }

  #list(scope: EmitScope): string {
    if (this.#isLazy) return 'decorated';
    return this.#once(
      'classes',
      this,
      () => `${scope.imported('metadata/class-registry', 'decoratedClasses')}()`,
    )(scope);
  }

  /** Makes an expression a variable, once in each text. */
  #once(hint: string, owner: object, expression: Expression): Expression {
    const key = `${this.#classes.indexOf(owner as Function)} ${hint}`;
    return (scope) => {
      const declared = this.#declared.get(scope) ?? new Map<string, string>();
      this.#declared.set(scope, declared);
      const known = declared.get(key);
      if (known !== undefined) return known;
      const name = scope.declare(hint, (variable) => `const ${variable} = ${expression(scope)};`);
      declared.set(key, name);
      return name;
    };
  }
}

function* globals(): Iterable<readonly [name: string, value: unknown]> {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    const isBuiltIn = typeof value === 'function' || value === JSON || value === Math || value === Reflect;
    if (isBuiltIn && /^[A-Z]\w*$/.test(name)) yield [name, value];
  }
  // Behind getters, which only these are worth calling for.
  yield* Object.entries({ AbortSignal, AbortController, URL, URLSearchParams, Blob });
}

/**
 * Whether facts say which of the named values it is. Others are found in the application first: the environment may put
 * another object or function in the same place, and facts only say where it is, too.
 */
function isNamedInFacts(value: unknown): boolean {
  return typeof value === 'function' ? isWrittenAsClass(value) : value instanceof KnownToken;
}

function isCopied(value: unknown): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype || value instanceof Map;
}

/** Yields the members of what class-transformer records: of one object, or of each in a list. */
function* recordedIn(recorded: object): Iterable<{ value: unknown; from: (holder: string) => string }> {
  yield* valuesInside({ ...recorded }, false);
  for (const [index, one] of asList(recorded).entries())
    for (const { value, from } of valuesInside({ ...Object(one) }, false))
      yield { value, from: (holder) => from(`${holder}[${index}]`) };
}
