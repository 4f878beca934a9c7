import { getLogger } from '../../logging/logger/current-logger.js';
import type { PlanFacts } from './built-plan.js';

/** Logs why the plan of the build is not used. */
export function warnOfDifference(built: PlanFacts, found: PlanFacts): void {
  getLogger().warning(
    'The application differs from the one that was built, so its plan is made again, which slows the start: ' +
      `${differingFacts(built, found)}.`,
  );
}

/** Says what is different from what the build saw, as in `module.imports[1] of OrdersModule`: the first difference. */
export function differingFacts(built: PlanFacts, found: PlanFacts): string {
  const differences = built.flatMap((texts, index) => {
    const now = found[index] ?? [];
    const at = texts.findIndex((text, place) => text !== now[place]);
    return at < 0 ? [] : [{ at, text: texts[at]!, now: now[at] }];
  });
  // With several applications, the one that is most alike.
  const [first] = differences.toSorted((a, b) => b.at - a.at);
  if (!first) return 'the test kit replaces something';
  if (first.now === undefined) return `${classOf(first.text)} is not there`;
  if (first.at === 0) return `${placeOf([first.text, first.now], GIVEN)} of LambdaApplication.create`;
  const [before, now] = [classOf(first.text), classOf(first.now)];
  if (before !== now) return `where the build saw the class ${before}, there is ${now}`;
  return `${placeOf([body(first.text), body(first.now)], OF_CLASS)} of ${now}`;
}

// What the lists at the top of a text hold: see application-facts.ts and metadata/facts.ts.
const GIVEN = ['the root module', 'the option'];
const OF_CLASS = ['the parent', '', 'the validation rules', 'the types'];

function classOf(text: string): string {
  return text.slice(0, text.indexOf('<')) || 'an anonymous class';
}

function body(text: string): string {
  return text.slice(text.indexOf('<') + 1);
}

/** Names the member where two texts differ, as in `module.imports[1]`. */
function placeOf([text, now]: readonly [string, string], places: readonly string[]): string {
  let at = 0;
  while (at < text.length && text[at] === now[at]) at++;
  const [first = '', ...path] = pathTo(text, at);
  const members = path.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('');
  return [places[Number(first)], members.replace(/^\./, '')].filter(Boolean).join(' ') || 'something';
}

/** Returns the keys of the lists and objects that are open at a place of a text. */
function pathTo(text: string, place: number): string[] {
  const path: { readonly isList: boolean; key: string }[] = [];
  for (let at = 0; at <= place && at < text.length;) {
    const string = /\d+'/y;
    string.lastIndex = at;
    const length = string.exec(text)?.[0];
    const open = path.at(-1);
    if (length !== undefined) {
      const start = at + length.length;
      const end = start + Number.parseInt(length, 10);
      if (open && !open.isList && text[end] === ':') open.key = text.slice(start, end);
      at = end;
      continue;
    }
    const character = text[at++]!;
    if (character === '[') path.push({ isList: true, key: '0' });
    else if (character === '{') path.push({ isList: false, key: '' });
    else if (character === ']' || character === '}') path.pop();
    else if (character === ',' && open?.isList && at <= place) open.key = String(Number(open.key) + 1);
  }
  return path.map(({ key }) => key).filter(Boolean);
}
