import { AST, RegExpParser } from '@eslint-community/regexpp';

/**
 * A backtracking matcher that counts: it takes the ways that V8's takes, and tells how many steps there were. It is for
 * counting alone; what matches is said by the engine itself.
 */
export function stepsOf(expression: RegExp, text: string, from: number): number {
  const { code, sticky } = compiled(expression);
  let steps = 0;
  for (let start = from; start <= text.length; start++) {
    const found = run(code, text, start);
    steps += found.steps;
    if (found.end !== undefined || sticky || steps > MOST_STEPS) break;
  }
  return steps;
}

/** More than anything that is linear takes; what is not need not be counted to its end. */
const MOST_STEPS = 3_000_000;

type Test = (text: string, at: number) => number | undefined;

type Step =
  /** Takes characters: gives where they end. */
  | { readonly take: Test }
  | { readonly split: readonly [first: number, second: number] }
  | { readonly jump: number }
  /** Notes where a turn of a loop begins, and refuses a turn that took nothing. */
  | { readonly mark: number }
  | { readonly moved: number }
  | { readonly save: number }
  | { readonly look: readonly Step[]; readonly negated: boolean; readonly behind: number | undefined }
  | { readonly same: number };

interface Compiled {
  readonly code: readonly Step[];
  readonly sticky: boolean;
}

const known = new Map<string, Compiled>();

function compiled({ source, flags, sticky }: RegExp): Compiled {
  const key = `/${source}/${flags}`;
  let found = known.get(key);
  if (!found) {
    const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
      unicode: flags.includes('u'),
      unicodeSets: flags.includes('v'),
    });
    known.set(key, (found = { code: new Compiler(flags).pattern(pattern), sticky }));
  }
  return found;
}

class Compiler {
  readonly #single: string;
  readonly #wide: boolean;
  #slots = 0;

  constructor(readonly flags: string) {
    this.#single = flags.replace(/[gymd]/g, '');
    this.#wide = /[uv]/.test(flags);
  }

  pattern({ alternatives }: { readonly alternatives: readonly AST.Alternative[] }): Step[] {
    const code: Step[] = [];
    this.#alternatives(alternatives, code);
    return code;
  }

  #alternatives(alternatives: readonly AST.Alternative[], code: Step[]): void {
    const [first, ...others] = alternatives;
    if (others.length === 0) return first!.elements.forEach((element) => this.#element(element, code));
    const split = code.push({ jump: 0 }) - 1;
    first!.elements.forEach((element) => this.#element(element, code));
    const jump = code.push({ jump: 0 }) - 1;
    code[split] = { split: [split + 1, code.length] };
    this.#alternatives(others, code);
    code[jump] = { jump: code.length };
  }

  #element(element: AST.Element, code: Step[]): void {
    if (element.type === 'Quantifier') this.#quantifier(element, code);
    else if (element.type === 'Group') this.#alternatives(element.alternatives, code);
    else if (element.type === 'CapturingGroup') this.#capture(element, code);
    else if (element.type === 'Assertion') code.push(this.#assertion(element));
    else if (element.type === 'Backreference') code.push({ same: [element.resolved].flat()[0]!.start });
    else code.push({ take: this.#taker(element.raw) });
  }

  #capture(group: AST.CapturingGroup, code: Step[]): void {
    code.push({ save: group.start * 2 });
    this.#alternatives(group.alternatives, code);
    code.push({ save: group.start * 2 + 1 });
  }

  #quantifier({ element, min, max, greedy }: AST.Quantifier, code: Step[]): void {
    for (let turn = 0; turn < min; turn++) this.#element(element, code);
    if (max === Infinity) return this.#loop(element, greedy, code);
    const exits: number[] = [];
    for (let turn = min; turn < max; turn++) {
      exits.push(code.push({ jump: 0 }) - 1);
      this.#element(element, code);
    }
    for (const at of exits) code[at] = { split: greedy ? [at + 1, code.length] : [code.length, at + 1] };
  }

  #loop(element: AST.QuantifiableElement, greedy: boolean, code: Step[]): void {
    const slot = -1 - this.#slots++;
    const split = code.push({ jump: 0 }) - 1;
    code.push({ mark: slot });
    this.#element(element, code);
    code.push({ moved: slot }, { jump: split });
    code[split] = { split: greedy ? [split + 1, code.length] : [code.length, split + 1] };
  }

  #assertion(assertion: AST.Assertion): Step {
    if (assertion.kind !== 'lookahead' && assertion.kind !== 'lookbehind')
      return { take: edge(assertion.raw, this.flags) };
    const { kind, negate, alternatives } = assertion as AST.LookaroundAssertion;
    return {
      look: this.pattern({ alternatives }),
      negated: negate,
      behind: kind === 'lookbehind' ? longest(alternatives) : undefined,
    };
  }

  /** One character, by the engine's own word on it. */
  #taker(raw: string): Test {
    const single = new RegExp(`^(?:${raw})$`, this.#single);
    const answers = new Map<string, boolean>();
    return (text, at) => {
      if (at >= text.length) return undefined;
      const character = this.#wide ? String.fromCodePoint(text.codePointAt(at)!) : text[at]!;
      let answer = answers.get(character);
      if (answer === undefined) answers.set(character, (answer = isMatch(single, character)));
      return answer ? at + character.length : undefined;
    };
  }
}

// The engine's own, also while it is being counted.
const { exec } = RegExp.prototype;
const isMatch = (expression: RegExp, text: string): boolean => exec.call(expression, text) !== null;

const WORD = /^\w$/;
const isWord = (text: string, at: number): boolean => at >= 0 && at < text.length && isMatch(WORD, text[at]!);

const atEdge = (text: string, at: number): boolean => isWord(text, at - 1) !== isWord(text, at);

function edge(raw: string, flags: string): Test {
  const lines = flags.includes('m');
  const holds: Record<string, (text: string, at: number) => boolean> = {
    '^': (text, at) => at === 0 || (lines && text[at - 1] === '\n'),
    $: (text, at) => at === text.length || (lines && text[at] === '\n'),
    '\\b': atEdge,
    '\\B': (text, at) => !atEdge(text, at),
  };
  return (text, at) => (holds[raw]!(text, at) ? at : undefined);
}

/** How far a lookbehind looks; the sources have none without end. */
function longest(alternatives: readonly AST.Alternative[]): number {
  return Math.max(...alternatives.map(({ elements }) => elements.reduce((sum, element) => sum + lengthOf(element), 0)));
}

function lengthOf(element: AST.Element): number {
  if (element.type === 'Quantifier') return element.max * lengthOf(element.element);
  if (element.type === 'Group' || element.type === 'CapturingGroup') return longest(element.alternatives);
  return element.type === 'Assertion' ? 0 : 2;
}

/** What was noted on the way, the latest first: nothing is copied where the ways part. */
interface Note {
  readonly slot: number;
  readonly at: number;
  readonly before: Note | undefined;
}

function noted(note: Note | undefined, slot: number): number | undefined {
  let found = note;
  while (found && found.slot !== slot) found = found.before;
  return found?.at;
}

interface Place {
  readonly step: number;
  readonly at: number;
  readonly note: Note | undefined;
}

function run(code: readonly Step[], text: string, start: number): { steps: number; end?: number } {
  const places: Place[] = [{ step: 0, at: start, note: undefined }];
  let steps = 0;
  for (let place = places.pop(); place && steps <= MOST_STEPS; place = places.pop()) {
    let { step, at, note } = place;
    for (;;) {
      steps++;
      const current = code[step];
      if (!current) return { steps, end: at };
      if ('take' in current) {
        const end = current.take(text, at);
        if (end === undefined) break;
        at = end;
        step++;
      } else if ('split' in current) {
        places.push({ step: current.split[1], at, note });
        step = current.split[0];
      } else if ('jump' in current) {
        step = current.jump;
      } else if ('mark' in current || 'save' in current) {
        note = { slot: 'mark' in current ? current.mark : current.save, at, before: note };
        step++;
      } else if ('moved' in current) {
        if (noted(note, current.moved) === at) break;
        step++;
      } else if ('same' in current) {
        const taken = text.slice(noted(note, current.same * 2), noted(note, current.same * 2 + 1));
        if (!text.startsWith(taken, at)) break;
        at += taken.length;
        step++;
      } else {
        const looked = look(current, text, at);
        steps += looked.steps;
        if (!looked.holds) break;
        step++;
      }
    }
  }
  return { steps };
}

function look(
  { look: code, negated, behind }: Extract<Step, { look: unknown }>,
  text: string,
  at: number,
): { steps: number; holds: boolean } {
  let steps = 0;
  for (let start = behind === undefined ? at : Math.max(0, at - behind); start <= at; start++) {
    const found = run(code, text, start);
    steps += found.steps;
    if (found.end !== undefined && (behind === undefined || found.end === at)) return { steps, holds: !negated };
  }
  return { steps, holds: negated };
}
