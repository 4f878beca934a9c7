import { stepsOf } from './backtracking.js';

type Any = (this: never, ...args: never[]) => unknown;
type Cost = (self: { readonly length: number }, args: readonly unknown[], result: unknown) => number;

const WHOLE: Cost = ({ length }) => length + 1;
const ONE: Cost = () => 1;

/** As far as the search went. */
const TO_FOUND: Cost = ({ length }, [, from], result) =>
  (typeof result === 'number' && result >= 0 ? result : length) - (typeof from === 'number' ? from : 0) + 1;

const STRING: Readonly<Record<string, Cost>> = {
  at: ONE,
  charAt: ONE,
  charCodeAt: ONE,
  codePointAt: ONE,
  slice: ONE,
  substring: ONE,
  startsWith: (_, [start]) => String(start).length,
  endsWith: (_, [end]) => String(end).length,
  indexOf: TO_FOUND,
  includes: WHOLE,
  lastIndexOf: WHOLE,
  split: WHOLE,
  trim: WHOLE,
  trimStart: WHOLE,
  trimEnd: WHOLE,
  toLowerCase: WHOLE,
  toUpperCase: WHOLE,
  replace: WHOLE,
  replaceAll: WHOLE,
  match: WHOLE,
  matchAll: WHOLE,
  search: WHOLE,
  concat: WHOLE,
  repeat: WHOLE,
  normalize: WHOLE,
  padStart: WHOLE,
  padEnd: WHOLE,
  localeCompare: WHOLE,
};

const ARRAY_METHODS = [
  'indexOf',
  'includes',
  'lastIndexOf',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'some',
  'every',
  'filter',
  'map',
  'forEach',
  'flatMap',
  'flat',
  'reduce',
  'join',
  'concat',
  'slice',
  'splice',
  'shift',
  'unshift',
  'reverse',
  'sort',
  'toSorted',
  'toSpliced',
  'at',
];
const ARRAY: Readonly<Record<string, Cost>> = Object.fromEntries(ARRAY_METHODS.map((name) => [name, WHOLE]));

let steps = 0;
// What counting itself does is not counted.
let pausing = true;

function add(count: () => number): void {
  if (pausing) return;
  pausing = true;
  try {
    steps += count();
  } finally {
    pausing = false;
  }
}

/** Puts counting ones in the places of what works on texts and lists; gives what takes them out again. */
function patch(): () => void {
  const restore = [
    ...Object.entries(STRING).map(([name, cost]) => replace(String.prototype, name, costing(cost))),
    ...Object.entries(ARRAY).map(([name, cost]) => replace(Array.prototype, name, costing(cost))),
    ...['decodeURIComponent', 'encodeURIComponent'].map((name) =>
      replace(
        globalThis,
        name,
        costing((_, [text]) => String(text).length),
      ),
    ),
    // All that there is of regular expressions goes through it.
    replace(
      RegExp.prototype,
      'exec',
      costing((self, [text]) => expressionSteps(self as unknown as RegExp, String(text)), true),
    ),
  ];
  return () => restore.forEach((undo) => undo());
}

function expressionSteps(expression: RegExp, text: string): number {
  return stepsOf(expression, text, expression.global || expression.sticky ? expression.lastIndex : 0);
}

/** @param first Whether the cost is told before the call, which changes what it is told by. */
function costing(cost: Cost, first = false): (original: Any) => Any {
  return (original) =>
    function counted(this: never, ...args: never[]) {
      if (first) add(() => cost(this, args, undefined));
      const result = Reflect.apply(original, this, args);
      if (!first) add(() => cost(this, args, result));
      return result;
    };
}

function replace(holder: object, name: string, make: (original: Any) => Any): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name)!;
  Object.defineProperty(holder, name, { ...descriptor, value: make(descriptor.value as Any) });
  return () => void Object.defineProperty(holder, name, descriptor);
}

/** Counts the steps of a piece of work; what it throws is passed over, for what is refused has been read, too. */
export type Count = (work: () => unknown) => Promise<number>;

/**
 * Hands over what counts the work that is done on texts and lists: what the methods of strings and arrays go through,
 * and the steps of regular expressions. No clock is asked, so that a busy machine changes nothing. One at a time.
 */
export async function counting<T>(use: (count: Count) => Promise<T>): Promise<T> {
  const restore = patch();
  try {
    return await use(stepsIn);
  } finally {
    restore();
  }
}

async function stepsIn(work: () => unknown): Promise<number> {
  steps = 0;
  pausing = false;
  try {
    const result = work();
    if (result instanceof Promise) await result;
  } catch {
    // See Count.
  } finally {
    pausing = true;
  }
  return steps;
}
