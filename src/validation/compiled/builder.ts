import { plainToInstance } from 'class-transformer';
import { refuseDeep } from '../../http/message/hostile-input.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import { copyInput, copyMembers } from '../plain-input.js';
import { transformCall } from '../transformer/transformer-metadata.js';
import { buildPlan, type BuildPlan, type MemberPlan } from './build-plan.js';
import { GeneratedCode, literal } from './generated-code.js';
import { collected, COPIED, foreign, isRecord, scalarMember, typedMember, untyped } from './member-values.js';

const builders = new WeakMap<Constructor, Builder>();

/**
 * Returns the compiled builder of a class, which builds as `plainToInstance` does. For a class with decorators that are
 * not compiled it is `plainToInstance` itself.
 */
export function builderOf(type: Constructor): Builder {
  let builder = builders.get(type);
  if (!builder) {
    // A function without a prototype, such as `Proxy`, has no instances to plan for.
    const plan = (type.prototype ? buildPlan(type) : undefined) ?? libraryBuild(type);
    // Registered before it is generated: a class may nest itself.
    builders.set(type, (builder = {} as Builder));
    Object.assign(builder, generateBuilder(type, plan));
  }
  return builder;
}

/**
 * Copied input is not copied again: what a `@Transform` does to its object must be visible to everything that is built
 * from the same copy.
 */
function libraryBuild(type: Constructor): Builder['build'] {
  return (input, depth) => plainToInstance(type, depth === COPIED ? input : copyMembers(input, depth));
}

/** Builds instances of a class; throws a BadRequestException for input that is nested more than 64 levels deep. */
interface Builder {
  /** Builds from an object that is `depth` levels deep. */
  build: (input: PlainObject, depth: number) => unknown;
  /** Builds from a member's value that is not an array. */
  one: (value: unknown, depth: number) => unknown;
  /** Builds from every item of an array. */
  list: (values: readonly unknown[], depth: number) => unknown[];
}

/** Generates the builder of a class. A `build` that is a function is used as it is. */
function generateBuilder(type: Constructor, build: BuildPlan | Builder['build']): Builder {
  const code = new GeneratedCode();
  const own = typeof build === 'function' ? `const build = ${code.name(build)};` : buildText(code, type, build);
  const text = `${own}
    function one(value, depth) {
      if (typeof value !== 'object' || value === null) return value;
      if (${code.name(isRecord)}(value)) return build(value, depth);
      return ${code.name(foreign)}(value, depth, ${code.name(type)});
    }
    function list(values, depth) {
      ${code.name(refuseDeep)}(depth);
      const items = [];
      for (let i = 0; i < values.length; i++) {
        const value = values[i];
        if (value === undefined && !(i in values)) continue;
        items.push(Array.isArray(value) ? list(value, depth + 1) : one(value, depth + 1));
      }
      return items;
    }
    return { build, one, list };`;
  return code.run(text) as Builder;
}

function buildText(code: GeneratedCode, type: Constructor, plan: BuildPlan): string {
  const { always, closed } = plan;
  const texts = new Map(plan.members.map((member) => [member.key, memberText(code, member)]));
  const areRead = always.map(
    (key, index) => `const read${index} = ${closed || `!Object.hasOwn(input, ${literal(key)})`};`,
  );
  const reads = always.map(
    (key, index) => `if (read${index}) { const value = input[${literal(key)}]; ${texts.get(key)} }`,
  );
  return `
    function build(input, depth) {
      ${code.name(refuseDeep)}(depth);
      ${copiesText(code, plan)}
      ${areRead.join('\n')}
      const instance = new ${code.name(type)}();
      ${closed ? '' : membersText(code, texts)}
      ${reads.join('\n')}
      return instance;
    }`;
}

/**
 * A `@Transform`, and a function passed to `@Type`, get the object that is read, and may modify it. Members that a
 * closed class does not read must not be nested too deep either.
 */
function copiesText(code: GeneratedCode, { members, closed }: BuildPlan): string {
  if (!closed && members.every(({ transforms, ignoresObject }) => transforms.length === 0 && ignoresObject)) return '';
  const copied = code.name(COPIED);
  return `if (depth !== ${copied}) { input = ${code.name(copyMembers)}(input, depth); depth = ${copied}; }`;
}

function membersText(code: GeneratedCode, texts: ReadonlyMap<string, string>): string {
  const cases = Array.from(texts, ([key, text]) => `case ${literal(key)}: { ${text} break; }`);
  return `
    const keys = Object.keys(input);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const value = input[key];
      switch (key) {
        ${cases.join('\n')}
        default:
          if (key in Object.prototype) break;
          if (instance[key] instanceof Function) { ${passedOverText(code)} } else instance[key] = ${untypedText(code)};
      }
    }`;
}

/** Generates the code that puts `value` into `instance`. */
function memberText(code: GeneratedCode, member: MemberPlan): string {
  const { property, transforms } = member;
  if (property === undefined) return `${namedText(code, member)} ${passedOverText(code)}`;
  const target = `instance[${literal(property)}]`;
  const steps = transforms.map((transform) => `member = ${transformText(code, transform, property)};`);
  return `
    ${namedText(code, member)}
    if (${target} instanceof Function) { ${passedOverText(code)} } else {
      let member = ${valueText(code, member)};
      ${steps.join('\n')}
      ${target} = member;
    }`;
}

/** Generates the call of the function passed to `@Type`. */
function namedText(code: GeneratedCode, { typeFunction, ignoresObject, key, property = key }: MemberPlan): string {
  if (!typeFunction) return '';
  const argument = ignoresObject ? '' : `{ newObject: instance, object: input, property: ${literal(property)} }`;
  return `const named = ${code.name(typeFunction)}(${argument});`;
}

/** A member that is not read must not be nested too deep either. */
function passedOverText(code: GeneratedCode): string {
  return `if (typeof value === 'object') ${code.name(copyInput)}(value, depth + 1);`;
}

function transformText(code: GeneratedCode, transform: unknown, property: string): string {
  const { type, options } = transformCall('input');
  const member = `value: member, key: ${literal(property)}, obj: input`;
  return `${code.name(transform)}({ ${member}, type: ${type}, options: { ...${code.name(options)} } })`;
}

function untypedText(code: GeneratedCode): string {
  return `typeof value === 'object' && value !== null ? ${code.name(untyped)}(value, depth + 1) : value`;
}

/** The likely type is compiled; every other type that the function returns is looked up when it does. */
function valueText(code: GeneratedCode, member: MemberPlan): string {
  const { typeFunction, type, collection } = member;
  if (!typeFunction) return typedText(code, member);
  const any = `${code.name(typedMember)}(value, depth + 1, named, ${code.name(builderOf)})`;
  const others = collection ? listText(code, collection, any) : any;
  return type ? `named === ${code.name(type)} ? ${typedText(code, member)} : ${others}` : others;
}

function typedText(code: GeneratedCode, { type, collection }: MemberPlan): string {
  if (!type) return collection ? listText(code, collection, untypedText(code)) : untypedText(code);
  if (SCALARS.has(type)) return scalarText(code, type, collection);
  const builder = code.name(builderOf(type));
  const items = `${builder}.list(value, depth + 1)`;
  return `Array.isArray(value) ? ${inCollection(code, items, collection)} : ${builder}.one(value, depth + 1)`;
}

function listText(code: GeneratedCode, collection: Constructor, text: string): string {
  return `Array.isArray(value) ? ${inCollection(code, `(${text})`, collection)} : ${text}`;
}

function inCollection(code: GeneratedCode, items: string, collection: Constructor | undefined): string {
  return collection ? `${code.name(collected)}(new ${code.name(collection)}(), ${items})` : items;
}

/** Conversions of values that are not objects. `Buffer` has none: it accepts few such values. */
const SCALARS: ReadonlyMap<unknown, string | undefined> = new Map([
  [String, 'String(value)'],
  [Number, 'Number(value)'],
  [Boolean, 'Boolean(value)'],
  [Date, 'new Date(value)'],
  [Buffer as unknown, undefined],
]);

function scalarText(code: GeneratedCode, type: Constructor, collection: Constructor | undefined): string {
  const slow = `${code.name(scalarMember)}(${code.name(type)}, value, depth + 1)`;
  const all = collection ? listText(code, collection, slow) : slow;
  const fast = SCALARS.get(type);
  const converted = fast ? `typeof value !== 'object' ? ${fast} : ${all}` : all;
  return `value === null || value === undefined ? value : ${converted}`;
}
