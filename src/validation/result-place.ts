/** Deeper results are taken for circular; `JSON.stringify` ends not far above. */
export const MAX_DEPTH = 1000;

/** The keys down to what is visited, for messages: a store a level costs next to nothing, handing on a path would. */
export const way: (string | number)[] = [];

/** @throws TypeError saying where a value stands that JSON would lose, and what to return in its place. */
export function refuse(loss: string, depth: number): never {
  const place = way.slice(0, depth).map((key) => (typeof key === 'number' ? `[${key}]` : `.${key.slice(0, MOST_CHARACTERS)}`)).join('');
  throw new TypeError(`The result${place === '' ? '' : `'s ${JSON.stringify(place.replace(/^\./, ''))}`} is ${loss}`);
}

/** A key may be as long as a body. */
const MOST_CHARACTERS = 100;

/** @throws TypeError for what nests deeper than anybody means. */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new TypeError(`The result is circular, or nested more than ${MAX_DEPTH} levels deep`);
}
