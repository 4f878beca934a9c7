import { getLogger } from '../../logging/logger/current-logger.js';
import { hashOf } from '../../metadata/fact-hash.js';
import type { FactSink } from '../../metadata/facts.js';
import { messageOf } from '../../shared/thrown.js';
import { type FactSubject, writeFacts } from './application-facts.js';

/**
 * Facts as text: of the application, then of each class. Names are written as they are, and other text as hashes,
 * because bundles contain it, and the environment of the build may have secrets.
 */
class FactTexts implements FactSink {
  readonly texts = [''];

  text(text: string): void {
    this.#add(`~${(hashOf(text) >>> 0).toString(36)},`);
  }

  name(text: string): void {
    this.#add(`${text.length}'${text},`);
  }

  key(text: string): void {
    this.#add(`${text.length}'${text}:`);
  }

  mark(text: string): void {
    this.#add(`${text},`);
  }

  reference(sign: string, number: number): void {
    this.#add(`${sign}${number},`);
  }

  open(sign: string): void {
    this.#add(sign);
  }

  close(sign: string): void {
    this.#add(`${sign},`);
  }

  #add(text: string): void {
    this.texts[this.texts.length - 1] += text;
  }
}

/** Returns what planning reads as text, for {@link differingFacts}. */
export function factTexts(subject: FactSubject): string[] {
  const sink = new FactTexts();
  writeFacts(subject, sink, () => sink.texts.push(''));
  return sink.texts;
}

/** Logs why the plans of the build are not used. */
export function warnOfDifference(built: readonly (readonly string[])[], subjects: readonly FactSubject[]): void {
  getLogger().warning(
    'The application differs from the one that was built, so its plan is made again, which slows the start: ' +
      `${differenceFrom(built, subjects)}.`,
  );
}

function differenceFrom(built: readonly (readonly string[])[], subjects: readonly FactSubject[]): string {
  try {
    return differingFacts(built, subjects.map(factTexts));
  } catch (error) {
    return `what its decorators hold cannot be read: ${messageOf(error)}`;
  }
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
    const first = texts.findIndex((text, place) => text !== now[place]);
    // A class more or less moves all that come after it, and the root module.
    const moved =
      first === 0 ? texts.findIndex((text, place) => place > 0 && classOf(text) !== classOf(now[place])) : 0;
    const at = moved > 0 ? moved : first;
    return { at, text: texts[at] ?? '', now: now[at] };
  });
  // With several applications, the one that is most alike.
  const [first] = differences.toSorted((a, b) => b.at - a.at);
  if (!first || first.at < 0) return 'its plan is that of another application';
  const before = classOf(first.text);
  if (first.now === undefined) return `${before} is not there`;
  if (first.at === 0) return given(placeOf(first.text, first.now));
  const now = classOf(first.now);
  if (before !== now) return `where the build saw the class ${before}, there is ${now}`;
  return `${inClass(placeOf(body(first.text), body(first.now)))} of ${now}`;
}

/** @param path In the object that application-facts.ts writes. */
function given([name, ...path]: readonly string[]): string {
  const [member = ''] = path;
  if (name === 'root' && /^(?:module|\d*)$/.test(member)) return OTHER_ROOT;
  if (name === 'root') return `${membersText(path).slice(1)} of the root module`;
  return `${name === undefined ? 'an option' : `the option ${name}${membersText(path)}`} of LambdaApplication.create`;
}

const OTHER_ROOT =
  'no application of the build has its root module. Create applications at the top level of modules, and give them ' +
  'the root modules that they have in the build';

/** The names of what the list that metadata/facts.ts writes of a class begins with. */
const OF_CLASS = ['the parent', '', 'the validation rules', 'the constructor'];

/** @param path In that list. */
function inClass([place, ...path]: readonly string[]): string {
  const holder = OF_CLASS[Number(place)] ?? 'the types';
  return `${holder} ${membersText(path).replace(/^\./, '')}`.trim();
}

/** Returns keys as text, as in `.imports[1]`. */
function membersText(path: readonly string[]): string {
  return path.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('');
}

function classOf(text = ''): string {
  const [prefix = ''] = /^\d+'/.exec(text) ?? [];
  return text.slice(prefix.length, prefix.length + Number.parseInt(prefix, 10)) || 'an anonymous class';
}

function body(text: string): string {
  const [prefix = ''] = /^\d+'/.exec(text) ?? [];
  return text.slice(prefix.length + Number.parseInt(prefix, 10) + 1);
}

/** Returns the keys of the member where two texts differ. */
function placeOf(text: string, now: string): string[] {
  let at = 0;
  while (at < text.length && text[at] === now[at]) at++;
  return pathTo(text, at);
}

/** Returns the keys of the lists and objects that are open at a place of a text. */
function pathTo(text: string, place: number): string[] {
  const path: { readonly isList: boolean; key: string }[] = [];
  for (let at = 0; at <= place && at < text.length;) {
    const name = /\d+'/y;
    name.lastIndex = at;
    const length = name.exec(text)?.[0];
    const open = path.at(-1);
    if (length !== undefined) {
      const start = at + length.length;
      const end = start + Number.parseInt(length, 10);
      if (open && !open.isList && text[end] === ':') open.key = text.slice(start, end);
      at = end;
      continue;
    }
    const character = text[at++]!;
    if ('[<'.includes(character)) path.push({ isList: true, key: '0' });
    else if ('{(/'.includes(character)) path.push({ isList: false, key: '' });
    else if ('])}>'.includes(character)) path.pop();
    else if (character === ',' && open?.isList && at <= place) open.key = String(Number(open.key) + 1);
  }
  return path.map(({ key }) => key).filter(Boolean);
}
