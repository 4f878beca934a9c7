import type { EmitScope } from '../../contracts/emittable.js';
import type { Constructor } from '../../shared/types.js';
import type { Rule } from '../dto/property-rules.js';
import { ruleName } from '../reading/asked-rule.js';
import { nameText } from './source-text.js';

/** The modules of what generated code calls, in `validation/reading`. */
export type ReadingModule =
  | 'asked-rule'
  | 'check-inside'
  | 'convert-members'
  | 'known-rules'
  | 'members'
  | 'rule-message'
  | 'value-shape'
  | 'whitelist';

/**
 * The target of generated code: this process, or a module that `lambent build` writes. The text is the same; it refers
 * to exports of `validation/reading` and, by the scope's names, to what the application's modules hold.
 */
export abstract class CodeTarget {
  readonly #held = new Map<unknown, string>();

  constructor(protected readonly scope: EmitScope) {}

  /** Returns the name of an export of the reading room. */
  reading(module: ReadingModule, name: string): string {
    return this.scope.imported(`validation/reading/${module}`, name);
  }

  declare(hint: string, text: (name: string) => string): string {
    return this.scope.declare(hint, text);
  }

  /** Declares a function of a class, unless it is declared already. It may be recursive. */
  abstract once(type: Constructor, kind: string, hint: string, text: (name: string) => string): string;

  /**
   * Returns an expression for what is left to the libraries.
   *
   * @param reason Says what they are needed for, as in `Order.shapes has a discriminator`.
   * @throws NotEmittable in a build.
   */
  abstract left(value: unknown, reason: string): string;

  /** Returns an expression that says whether `$value` in messages also stands for numbers and booleans. */
  abstract scalars(): string;

  classOf(type: Constructor): string {
    const { name } = type;
    if (isGlobal(name) && Reflect.get(globalThis, name) === type) return name;
    return this.#hold(type, classHint(name), `the class ${name}`);
  }

  /** Returns an expression for what class-validator recorded of a rule. */
  metadataOf(rule: Pick<Rule, 'metadata' | 'constraint'>): string {
    return this.#hold(rule.metadata, `${ruleHint(rule)}Rule`, ruleText(rule));
  }

  /** Returns an expression for what class-validator recorded of a validator, which a container may provide. */
  constraintOf(rule: Rule): string {
    return this.#hold(rule.constraint, `${ruleHint(rule)}Constraint`, `the validator of ${ruleText(rule)}`);
  }

  /** Returns an expression for the instance of a validator, where any will do. */
  validatorOf(rule: Rule): string {
    return this.#hold(rule.constraint!.instance, ruleHint(rule), `the validator of ${ruleText(rule)}`);
  }

  /** Returns an expression for a function that was passed to `@Type` or `@Transform`. */
  functionOf(given: unknown, decorator: string, { type, property }: { type: Constructor; property: string }): string {
    const hint = `${decorator.toLowerCase()}Of${nameText(type.name)}${nameText(property)}`;
    return this.#hold(given, hint, `the function passed to @${decorator} of ${type.name}.${property}`);
  }

  #hold(value: unknown, hint: string, what: string): string {
    let name = this.#held.get(value);
    if (name === undefined) this.#held.set(value, (name = this.#named(this.scope.value(value, what), hint)));
    return name;
  }

  /** Gives an expression a name, unless it is one. It must not be the name of a variable in generated functions. */
  #named(expression: string, hint: string): string {
    if (/^[A-Za-z_$][\w$]*$/.test(expression) && !VARIABLES.has(expression)) return expression;
    return this.declare(hint, (name) => `const ${name} = ${expression};`);
  }
}

const VARIABLES: ReadonlySet<string> = new Set(
  (
    'args bad before depth found i input isMissing item items key made member misfits msg named object property ' +
    'result value values'
  ).split(' '),
);

/** Whether a name is the language's, or one of Node.js. */
function isGlobal(name: string): boolean {
  return /^[A-Z]\w*$/.test(name) && name in globalThis;
}

/** Names a class in identifiers: by its own name, if that is one and hides no other. */
function classHint(name: string): string {
  return /^[A-Z]\w*$/.test(name) && !isGlobal(name) ? name : `classOf${nameText(name)}`;
}

/** Names a rule in identifiers, as in `isEmailOfCustomerEmail`. */
export function ruleHint(rule: Pick<Rule, 'metadata' | 'constraint'>): string {
  const { target, propertyName } = rule.metadata;
  const owner = typeof target === 'function' ? target.name : '';
  const name = ruleName(rule)
    .replace(/[^A-Za-z0-9_$]+/g, '_')
    .replace(/^(?=\d)/, '_');
  return `${name}Of${nameText(owner)}${nameText(propertyName)}`;
}

function ruleText(rule: Pick<Rule, 'metadata' | 'constraint'>): string {
  const { target, propertyName } = rule.metadata;
  return `the rule ${ruleName(rule)} of ${typeof target === 'function' ? target.name : target}.${propertyName}`;
}
