import { type EmitScope, NotEmittable } from '../../contracts/emittable.js';
import type { Constructor } from '../../shared/types.js';
import { discriminatorCheck } from '../dto/discriminator-check.js';
import { planConversion } from '../dto/plan-conversion.js';
import { propertyRules, showsScalars } from '../dto/property-rules.js';
import { type InputSource, locOf } from '../input-reader.js';
import { asksLibrary, type CheckingOptions, settingsData } from '../validation-options.js';
import { builderOf } from './build-text.js';
import { checkerOf } from './check-text.js';
import { CodeTarget } from './code-target.js';
import { dataLiteral, indented, lines, nameText } from './source-text.js';

/** A reader to write: the class, where its input comes from, and how it is checked. */
export interface ReaderDescription {
  readonly type: Constructor;
  readonly source: InputSource;
  readonly options: CheckingOptions;
}

/**
 * Writes a reader as source text.
 *
 * @throws NotEmittable for what is left to the libraries.
 */
export function emitReader(scope: EmitScope, { type, source, options }: ReaderDescription): string {
  if (asksLibrary(options)) throw new NotEmittable(`${type.name} is read by the libraries, as an option asks for`);
  if (discriminatorCheck(type))
    throw new NotEmittable(
      `${type.name} is left to class-transformer: a discriminator or the object decides on a type`,
    );
  const target = targetOf(scope);
  const [build, check] = [builderOf(target, type), checkerOf(target, type, options)];
  const conversion = source.strings ? `,\n  conversion: ${conversionText(target, type)}` : '';
  const text = lines(
    `type: ${target.classOf(type)},`,
    `loc: ${dataLiteral(locOf(source))},`,
    `options: ${dataLiteral(settingsData(options))},`,
    `build: ${build},`,
    `check: ${check}${conversion}`,
  );
  return target.declare(`read${nameText(type.name)}`, (name) => {
    const reader = scope.imported('validation/emitted/emitted-reader', 'emittedReader');
    return `const ${name} = ${reader}({\n${indented(text)},\n});`;
  });
}

/**
 * Writes a reader that is made when its first value comes.
 *
 * @throws NotEmittable for a class or an option that the start can't find again.
 */
export function emitLateReader(scope: EmitScope, { type, source, options }: ReaderDescription): string {
  return scope.declare(`read${nameText(type.name)}`, (name) => {
    const reader = scope.imported('validation/emitted/late-reader', 'lateReader');
    const given = [
      scope.value(type, `the class ${type.name}`),
      dataLiteral(source),
      scope.value(options, 'the option validation'),
    ];
    return `const ${name} = ${reader}(${given.join(', ')});`;
  });
}

/** The functions that are declared in a scope. Readers share those of a class. */
const targets = new WeakMap<EmitScope, EmitTarget>();

function targetOf(scope: EmitScope): EmitTarget {
  let target = targets.get(scope);
  if (!target) targets.set(scope, (target = new EmitTarget(scope)));
  return target;
}

class EmitTarget extends CodeTarget {
  readonly #declared = new Map<Constructor, Map<string, string>>();

  override once(type: Constructor, kind: string, hint: string, text: (name: string) => string): string {
    const ofType = this.#declared.get(type) ?? new Map<string, string>();
    this.#declared.set(type, ofType);
    const known = ofType.get(kind);
    if (known !== undefined) return known;
    try {
      return this.declare(hint, (name) => {
        ofType.set(kind, name);
        return text(name);
      });
    } catch (error) {
      // Nothing was declared.
      ofType.delete(kind);
      throw error;
    }
  }

  override scalars(): string {
    return String(showsScalars());
  }

  override left(_value: unknown, reason: string): string {
    throw new NotEmittable(reason);
  }
}

/** Declares how the members of a class, and of the classes inside it, are converted from text. */
function conversionText(target: CodeTarget, type: Constructor): string {
  const entries = [...convertedClasses(type)].map((one) => `[${target.classOf(one)}, ${planText(target, one)}]`);
  const known = target.reading('convert-members', 'knownConversions');
  return `${known}(new Map([\n${entries.map((entry) => indented(entry, '    ')).join(',\n')},\n  ]))`;
}

function convertedClasses(type: Constructor, known: Set<Constructor> = new Set()): Set<Constructor> {
  if (known.has(type)) return known;
  known.add(type);
  for (const property of propertyRules(type)) {
    const nested = property.nested ? (property.named ?? property.type) : undefined;
    if (typeof nested === 'function' && nested !== Object) convertedClasses(nested as Constructor, known);
  }
  return known;
}

function planText(target: CodeTarget, type: Constructor): string {
  const { nested, properties } = planConversion(type);
  const texts = properties.map(({ type: scalar, ...property }) => {
    const members = dataLiteral(property).slice(1, -1).trim();
    return `{ ${members}, type: ${scalar === undefined ? 'undefined' : target.classOf(scalar as Constructor)} }`;
  });
  return `{ nested: ${dataLiteral(nested)}, properties: [${texts.join(', ')}] }`;
}
