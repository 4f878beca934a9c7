import { MAX_DEPTH } from '../../shared/input-limits.js';
import type { Constructor } from '../../shared/types.js';
import { transformCall } from '../transformer/transformer-metadata.js';
import { buildPlan, type BuildPlan, type MemberPlan } from './build-plan.js';
import type { CodeTarget } from './code-target.js';
import { libraryBuild } from './library-values.js';
import { dataLiteral, indented, lines, literal, memberText, nameText, whenText } from './source-text.js';

/**
 * Returns the name of the function that builds instances of a class from a value that is not an array, as
 * `plainToInstance` does. For a class with decorators that are not compiled it is `plainToInstance` itself.
 */
export function builderOf(target: CodeTarget, type: Constructor): string {
  return target.once(type, 'build', `build${nameText(type.name)}`, (name) => {
    // A function without a prototype, such as `Proxy`, has no instances to plan for.
    const plan = type.prototype ? buildPlan(type) : undefined;
    if (plan) return builderText(target, type, { name, plan });
    const left = target.left(libraryBuild(type), `${type.name} is built by class-transformer`);
    return `const ${name} = ${left};`;
  });
}

function deepText(target: CodeTarget): string {
  return `if (depth > ${MAX_DEPTH}) ${target.reading('members', 'refuseDeep')}(depth);`;
}

/** Objects of JSON are told without a call, which V8 would compile apart. */
function foreignText(target: CodeTarget, typeText: string): string {
  const foreign = `${target.reading('members', 'foreign')}(input, depth, ${typeText})`;
  const isOdd = `Object.getPrototypeOf(input) !== Object.prototype || typeof input.then === 'function'`;
  const isRecord = `${target.reading('members', 'isRecord')}(input)`;
  return `if ((input === undefined || input === null || ${isOdd}) && !${isRecord}) return ${foreign};`;
}

interface Builder {
  readonly name: string;
  readonly plan: BuildPlan;
}

function builderText(target: CodeTarget, type: Constructor, { name, plan }: Builder): string {
  const { always, closed, members } = plan;
  const memberOf = new Map(members.map((member) => [member.key, member]));
  const isRead = always.map((key, index) =>
    closed ? '' : `const isMissing${index} = !Object.hasOwn(input, ${literal(key)});`,
  );
  const reads = always.map((key, index) => {
    const member = memberOf.get(key);
    const text = lines(`const value = ${memberText('input', key)};`, member && memberTexts(target, type, member));
    return closed ? `{\n${indented(text)}\n}` : whenText(`isMissing${index}`, text);
  });
  const typeText = target.classOf(type);
  const body = lines(
    foreignText(target, typeText),
    deepText(target),
    copiesText(target, plan),
    ...isRead,
    `const made = new ${typeText}();`,
    !closed && membersText(target, type, plan),
    ...reads,
    'return made;',
  );
  return `function ${name}(input, depth) {\n${indented(body)}\n}`;
}

/**
 * A `@Transform`, and a function passed to `@Type`, get the object that is read, and may modify it. Members that a
 * closed class does not read must not be nested too deep either.
 */
function copiesText(target: CodeTarget, plan: BuildPlan): string {
  if (!plan.closed && !mayModifyInput(plan)) return '';
  const copy = `input = ${target.reading('members', 'copyMembers')}(input, depth);\ndepth = -Infinity;`;
  return whenText('depth !== -Infinity', copy);
}

function mayModifyInput({ members }: BuildPlan): boolean {
  return members.some(({ transforms, ignoresObject }) => transforms.length > 0 || !ignoresObject);
}

function membersText(target: CodeTarget, type: Constructor, plan: BuildPlan): string {
  const cases = plan.members.map(
    (member) => `    case ${literal(member.key)}: {\n${indented(caseText(target, type, member), '      ')}\n    }`,
  );
  return lines(
    // As in class-transformer, members that are removed on the way are read, too.
    mayModifyInput(plan) ? 'for (const key of Object.keys(input)) {' : 'for (const key in input) {',
    '  const value = input[key];',
    '  switch (key) {',
    ...cases,
    '  }',
    `  ${target.reading('members', 'setOther')}(made, key, value, depth + 1);`,
    '}',
  );
}

/** Generates what is done with a member; without `continue`, it is set like one that no decorator names. */
function caseText(target: CodeTarget, type: Constructor, member: MemberPlan): string {
  if (!isSetAsOther(member)) return lines(memberTexts(target, type, member), 'continue;');
  const place = memberText('made', member.key);
  const isSimple = `typeof value !== 'object' && typeof ${place} !== 'function'`;
  return lines(whenText(isSimple, lines(`${place} = value;`, 'continue;')), 'break;');
}

function isSetAsOther({ key, property, metadata, type, collection, transforms }: MemberPlan): boolean {
  return property === key && !metadata?.typeFunction && !type && !collection && transforms.length === 0;
}

/** Generates the code that puts `value` into the instance. */
function memberTexts(target: CodeTarget, type: Constructor, member: MemberPlan): string {
  const { property, transforms } = member;
  if (property === undefined) return lines(namedText(target, type, member), passedOverText(target));
  const place = memberText('made', property);
  const value = valueText(target, member);
  const isMethod = target.reading('members', 'isMethod');
  const steps = transforms.map((transform) => `member = ${transformText(target, type, { transform, property })};`);
  const set =
    steps.length === 0 ? `${place} = ${value};` : lines(`let member = ${value};`, ...steps, `${place} = member;`);
  return lines(
    namedText(target, type, member),
    // class-transformer does not replace methods.
    whenText(`typeof ${place} === 'function' && ${isMethod}(${place})`, passedOverText(target)) +
      ` else {\n${indented(set)}\n}`,
  );
}

/** Generates the call of the function passed to `@Type`. */
function namedText(target: CodeTarget, type: Constructor, member: MemberPlan): string {
  const { metadata, ignoresObject, key, property = key } = member;
  if (!metadata?.typeFunction) return '';
  const argument = ignoresObject ? '' : `{ newObject: made, object: input, property: ${literal(property)} }`;
  return `const named = ${target.functionOf(metadata.typeFunction, 'Type', { type, property })}(${argument});`;
}

function passedOverText(target: CodeTarget): string {
  return `${target.reading('members', 'passOver')}(value, depth + 1);`;
}

interface Transforming {
  readonly transform: unknown;
  readonly property: string;
}

function transformText(target: CodeTarget, owner: Constructor, { transform, property }: Transforming): string {
  const { type, options } = transformCall('input');
  const member = `value: member, key: ${literal(property)}, obj: input`;
  const call = target.functionOf(transform, 'Transform', { type: owner, property });
  return `${call}({ ${member}, type: ${type}, options: ${dataLiteral(options)} })`;
}

function untypedText(target: CodeTarget): string {
  return `typeof value === 'object' ? ${target.reading('members', 'plain')}(value, depth + 1) : value`;
}

/** The likely type is compiled; every other type that the function returns is looked up when it does. */
function valueText(target: CodeTarget, member: MemberPlan): string {
  const { metadata, type, collection } = member;
  if (!metadata?.typeFunction) return typedText(target, member);
  const any = `${target.reading('members', 'typed')}(value, depth + 1, named)`;
  const others = collection ? listText(target, collection, any) : any;
  return type ? `named === ${target.classOf(type)} ? (${typedText(target, member)}) : (${others})` : others;
}

function typedText(target: CodeTarget, { type, collection }: MemberPlan): string {
  if (!type) return collection ? listText(target, collection, untypedText(target)) : untypedText(target);
  if (SCALAR_TEXTS.has(type)) return scalarText(target, type, collection);
  const build = builderOf(target, type);
  const items = `${target.reading('members', 'buildItems')}(${build}, value, depth + 1)`;
  return `Array.isArray(value) ? ${inCollection(target, items, collection)} : ${build}(value, depth + 1)`;
}

function listText(target: CodeTarget, collection: Constructor, text: string): string {
  return `Array.isArray(value) ? ${inCollection(target, `(${text})`, collection)} : (${text})`;
}

function inCollection(target: CodeTarget, items: string, collection: Constructor | undefined): string {
  if (!collection) return items;
  return `${target.reading('members', 'collected')}(new (${target.classOf(collection)})(), ${items})`;
}

/** Conversions of values that are not objects. `Buffer` has none: it accepts few such values. */
const SCALAR_TEXTS: ReadonlyMap<unknown, string | undefined> = new Map([
  [String, 'String(value)'],
  [Number, 'Number(value)'],
  [Boolean, 'Boolean(value)'],
  [Date, 'new Date(value)'],
  [Buffer as unknown, undefined],
]);

function scalarText(target: CodeTarget, type: Constructor, collection: Constructor | undefined): string {
  const slow = `${target.reading('members', 'scalar')}(${target.classOf(type)}, value, depth + 1)`;
  const all = collection ? listText(target, collection, slow) : slow;
  const fast = SCALAR_TEXTS.get(type);
  const converted = fast ? `typeof value !== 'object' ? ${fast} : (${all})` : all;
  return `value === null || value === undefined ? value : ${converted}`;
}
