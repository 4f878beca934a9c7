import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayNotEmpty,
  Equals,
  getMetadataStorage,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsNegative,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsPositive,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  type ValidationArguments,
} from 'class-validator';
import { forget } from '../../shared/promise.js';
import { isStateless, type Rule, rulesOf } from '../dto/property-rules.js';

/** The decorators whose rules are compiled to expressions, by the names of their rules. */
const DECORATORS: Readonly<Record<string, () => PropertyDecorator>> = {
  arrayMaxSize: () => ArrayMaxSize(1),
  arrayMinSize: () => ArrayMinSize(1),
  arrayNotEmpty: () => ArrayNotEmpty(),
  equals: () => Equals(1),
  isArray: () => IsArray(),
  isBoolean: () => IsBoolean(),
  isDate: () => IsDate(),
  isDefined: () => IsDefined(),
  isEmail: () => IsEmail(),
  isEnum: () => IsEnum({}),
  isIn: () => IsIn([]),
  isInt: () => IsInt(),
  isLength: () => Length(1),
  isNegative: () => IsNegative(),
  isNotEmpty: () => IsNotEmpty(),
  isNumber: () => IsNumber(),
  isObject: () => IsObject(),
  isPositive: () => IsPositive(),
  isString: () => IsString(),
  matches: () => Matches(/a/),
  max: () => Max(1),
  maxLength: () => MaxLength(1),
  min: () => Min(1),
  minLength: () => MinLength(1),
};

type Constraint = NonNullable<Rule['constraint']>;

/** A rule as the library's decorator of one name makes it. */
interface LibraryRule {
  readonly constraint: Constraint;
  readonly given: unknown[] | undefined;
  readonly places: readonly string[];
  /** The results for {@link VALUES}, if a place can't tell it from other rules. */
  readonly results: readonly string[];
}

const ofLibrary = new Map<string, LibraryRule>();

function libraryRule(name: string): LibraryRule {
  let rule = ofLibrary.get(name);
  if (!rule) ofLibrary.set(name, (rule = readLibraryRule(name)));
  return rule;
}

function readLibraryRule(name: string): LibraryRule {
  class Probe {
    declare probe: unknown;
  }
  DECORATORS[name]!()(Probe.prototype, 'probe');
  const [metadata] = getMetadataStorage().getTargetValidationMetadatas(Probe, '', false, false);
  const constraint = rulesOf(metadata!)[0]!.constraint!;
  const given: unknown[] | undefined = metadata!.constraints;
  const places = placesOf(constraint, given);
  return { constraint, given, places, results: places.length === 0 ? resultsOf(constraint) : [] };
}

/**
 * Whether a rule is the one of the library's decorator of its name. Custom rules may have the same name.
 *
 * A validator can't be read, but watched: it is the same code if it looks at its arguments in the same places of the
 * program as the library's does. Rules that only compare their value look nowhere; they must decide alike on many
 * values. Besides, both must have the same message.
 */
export function isOfLibrary({ metadata, constraint }: Rule): boolean {
  if (!constraint || !Object.hasOwn(DECORATORS, constraint.name) || !isStateless(constraint)) return false;
  const given = metadata.constraints;
  const library = libraryRule(constraint.name);
  const prefix = metadata.each ? 'each value in ' : '';
  // The messages first: they tell most custom rules apart, and calling a rule may do more than to check a value.
  return (
    messageValues(constraint).every(
      (value) =>
        defaultMessage(constraint, given, value) === `${prefix}${defaultMessage(library.constraint, given, value)}`,
    ) &&
    looksWhere(constraint, given, library) &&
    (library.places.length > 0 || isSame(resultsOf(constraint), library.results))
  );
}

/** The number of times that places are compared: between two looks, V8 may optimise the code. */
const ATTEMPTS = 3;

/**
 * Whether a validator looks at its arguments where the library's does. V8 tells other places of a function that it has
 * optimised, after hundreds of rules, so that the library's are read again where they differ.
 */
function looksWhere(constraint: Constraint, given: unknown[] | undefined, library: LibraryRule): boolean {
  if (isSame(placesOf(constraint, given), library.places)) return true;
  return Array.from({ length: ATTEMPTS }).some(() =>
    isSame(placesOf(constraint, given), placesOf(library.constraint, library.given)),
  );
}

function isSame(list: readonly string[], other: readonly string[]): boolean {
  return list.length === other.length && list.every((entry, index) => entry === other[index]);
}

/** Returns values with different messages: `@Length` has one for a text that is too short, too long, or neither. */
export function messageValues({ name }: Constraint): readonly unknown[] {
  return name === 'isLength' ? ['', { length: Infinity }, { length: NaN }] : [''];
}

export function defaultMessage({ instance }: Constraint, constraints: unknown[] | undefined, value: unknown): string {
  return resultOf(() => instance.defaultMessage?.(argumentsOf(value, constraints)));
}

function argumentsOf(value: unknown, constraints: unknown[] | undefined): ValidationArguments {
  return { targetName: 'Probe', property: 'probe', object: {}, value, constraints: constraints as unknown[] };
}

/** Returns the places of the program in which a validator looks at its arguments. */
function placesOf({ instance }: Constraint, constraints: unknown[] | undefined): string[] {
  return placesIn((note) => {
    const watched = new Proxy(argumentsOf(undefined, constraints), { get: noting(note) } as ProxyHandler<never>);
    for (const value of [{}, []]) resultOf(() => instance.validate(new Proxy(value, watching(note)), watched));
  });
}

function resultsOf({ instance }: Constraint): string[] {
  return VALUES.map((value) => resultOf(() => instance.validate(value, argumentsOf(value, undefined))));
}

function resultOf(validate: () => unknown): string {
  try {
    const result = validate();
    forget(result);
    return String(result);
  } catch {
    return 'throws';
  }
}

function noting(note: () => void): NonNullable<ProxyHandler<object>['get']> {
  return (target, key) => {
    note();
    return Reflect.get(target, key) as unknown;
  };
}

function watching(note: () => void): ProxyHandler<object> {
  const getPrototypeOf = (target: object): object | null => {
    note();
    return Reflect.getPrototypeOf(target);
  };
  return { get: noting(note), getPrototypeOf };
}

/** Calls that are compared: a validator and what it calls. */
const FRAMES = 7;

/** Runs a function, and returns the places in the program from which it called `note`. */
function placesIn(run: (note: () => void) => void): string[] {
  const places: string[] = [];
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (_, sites) =>
    sites.map((site) => `${site.getScriptNameOrSourceURL()}:${site.getLineNumber()}:${site.getColumnNumber()}`).join();
  try {
    run(() => void places.push(String(new Error('place').stack)));
  } finally {
    if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace;
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
    Error.stackTraceLimit = stackTraceLimit;
  }
  return places;
}

const TEXTS = [
  '',
  'a',
  'A',
  ' ',
  'ab',
  '0',
  '1',
  '1.5',
  'true',
  'null',
  '<b>',
  'ä',
  '\u{1f600}',
  '\ud800',
  '__proto__',
];
const NUMBERS = [0, -0, 1, -1, 2, 0.5, -0.5, 1.5, 10, 100, 1e-7, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, NaN, Infinity];
const LISTS = [[], [undefined], [1], ['a'], ['a', 'a'], [[]], [{}]];
const OBJECTS = [{}, { a: 1 }, Object.create(null), new Date(0), new Date(NaN), new Map(), new Set([1]), /a/];

/** Values on which rules of one name may well decide in different ways. */
const VALUES: readonly unknown[] = [
  ...TEXTS,
  ...NUMBERS,
  ...LISTS,
  ...OBJECTS,
  -Infinity,
  true,
  false,
  null,
  undefined,
  5n,
  Symbol.iterator,
  Number,
];
