import { described } from '../errors/yes-or-no.js';

/**
 * What is wrong with the names that a consumer goes by. A record is told by the plain name of its queue or its like:
 * one that is written otherwise is the name of nothing, and one that is not there would take what is anybody's.
 *
 * @param names As they were given; a member that is `undefined` was meant to be a name.
 */
export function mistakeInNames(decorator: string, names: object): string | undefined {
  for (const [attribute, name] of Object.entries(names) as [string, unknown][]) {
    const problem = problemOf(name);
    if (problem !== undefined) return `${decorator}: the ${attribute} is ${problem}.`;
  }
  return undefined;
}

function problemOf(name: unknown): string | undefined {
  if (name === undefined)
    return "undefined. Leave it out to take all of them, or write '*'; a variable of the environment has to be set";
  if (typeof name !== 'string') return `${described(name)}; it takes a name`;
  if (name.trim() === '') return `'${name}'; it takes a name, and without one it takes all of them`;
  if (!/^(?:arn:|https?:)/.test(name)) return undefined;
  const parts = name.split(/[:/]/).filter((part) => part !== '');
  return `"${name}"; it takes the name alone, as in '${parts.at(-1)}'`;
}
