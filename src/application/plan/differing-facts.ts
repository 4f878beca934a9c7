import { getLogger } from '../../logging/logger/current-logger.js';
import type { FactSink } from '../../metadata/facts.js';
import { type FactSubject, writeFacts } from './application-facts.js';

/** Facts as text: of the application, then of each class. */
class FactTexts implements FactSink {
  readonly texts = [''];

  string(text: string): void {
    this.mark(`${text.length}'${text}`);
  }

  mark(text: string): void {
    this.texts[this.texts.length - 1] += text;
  }

  sign(sign: string): void {
    this.mark(sign);
  }

  number(value: number): void {
    this.mark(`${value};`);
  }
}

/** Returns what planning reads as text, for {@link differingFacts}. */
export function factTexts(subject: FactSubject): string[] {
  const sink = new FactTexts();
  writeFacts(subject, sink, () => sink.texts.push(''));
  return sink.texts;
}

/** Logs why the plans of the build are not used. */
export function warnOfDifference(built: readonly (readonly string[])[], found: readonly (readonly string[])[]): void {
  getLogger().warning(
    'The application differs from the one that was built, so its plan is made again, which slows the start: ' +
      `${differingFacts(built, found)}.`,
  );
}

/**
 * Says what is different from what the build saw, as in `module.imports[1] of OrdersModule`: the first difference.
 *
 * @param built The texts of each plan.
 * @param found Those of this process.
 */
export function differingFacts(built: readonly (readonly string[])[], found: readonly (readonly string[])[]): string {
  const differences = built.map((texts, index) => {
    const now = found[index] ?? [];
    const at = texts.findIndex((text, place) => text !== now[place]);
    return { at, text: texts[at] ?? '', now: now[at] };
  });
  // With several applications, the one that is most alike.
  const [first] = differences.toSorted((a, b) => b.at - a.at);
  if (!first || first.at < 0) return 'its plan is that of another application';
  const before = classOf(first.text);
  if (first.now === undefined) return `${before} is not there`;
  if (first.at === 0) return `${placeOf([first.text, first.now], GIVEN)} of LambdaApplication.create`;
  const now = classOf(first.now);
  if (before !== now) return `where the build saw the class ${before}, there is ${now}`;
  return `${placeOf([body(first.text), body(first.now)], OF_CLASS)} of ${now}`;
}

// What the lists at the top of a text hold: see application-facts.ts and metadata/facts.ts.
const OPTIONS = ['guards', 'interceptors', 'pipes', 'filters', 'versioning', 'validation', 'ignoreTrailingSlash'];
const GIVEN = ['the root module', ...[...OPTIONS, 'caseSensitive'].map((name) => `the option ${name}`)];
const OF_CLASS = ['the parent', '', 'the validation rules'];

function classOf(text: string): string {
  const [prefix = ''] = /^\d+'/.exec(text) ?? [];
  return text.slice(prefix.length, prefix.length + Number.parseInt(prefix, 10)) || 'an anonymous class';
}

function body(text: string): string {
  const [prefix = ''] = /^\d+'/.exec(text) ?? [];
  return text.slice(prefix.length + Number.parseInt(prefix, 10) + 1);
}

/** Names the member where two texts differ, as in `module.imports[1]`. */
function placeOf([text, now]: readonly [string, string], places: readonly string[]): string {
  let at = 0;
  while (at < text.length && text[at] === now[at]) at++;
  const [first = '', ...path] = pathTo(text, at);
  const members = path.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('');
  const holder = places[Number(first)] ?? 'the types';
  return (holder.startsWith('the option') ? holder + members : `${holder} ${members.replace(/^\./, '')}`).trim();
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
