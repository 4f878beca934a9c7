import type { ValidationDetail } from '../../errors/validation-detail.js';
import { isPromiseLike } from '../../shared/promise.js';
import { detailMessage } from '../merged-details.js';
import { type AskedRule, isKept, messageSource, PendingResults } from './asked-rule.js';
import { type RuleArguments, ruleMessage } from './rule-message.js';

/** Details that come later, from rules whose result is pending. They stand where class-validator reports them. */
interface Late {
  /** The details of the same property that were there at once. */
  readonly known: ValidationDetail[];
  readonly details: ValidationDetail[];
}

type Entry = ValidationDetail | Late;

/**
 * The mistakes in one input, in class-validator's order. Objects are checked from the outermost inwards; `depth` is the
 * number of keys in front of the members of the object that is being checked.
 */
export class ValidationDetails {
  /** Broken rules. */
  broken: Entry[] | undefined;
  /** Values of another shape than declared. */
  misfits: Entry[] | undefined;
  /** The number of values that are already known to be wrong, whatever the pending rules decide. */
  wrong = 0;
  pending: Promise<unknown>[] | undefined;
  /** The details to come of the property that is being checked. */
  late: Late | undefined;
  /** Discriminators that name no class, and strings that could not be converted. */
  failures: ValidationDetail[] | undefined;
  /** Whether a detail has a context; those that come later are not known. */
  hasContext = false;

  /** @param path The keys down to the object; what stands behind `depth` is left from objects before. */
  constructor(readonly path: (string | number)[]) {}

  /** Adds a broken rule of a property, or of the object itself. */
  add(depth: number, property: string | undefined, msg: string | undefined, type: string): void {
    const loc = locOf(this.path, depth, property);
    (this.broken ??= []).push({ loc, msg: msg || detailMessage(type, msg, loc), type });
  }

  /** Gives the last broken rule a context. The library gives none to an error without a message. */
  addContext(context: object, msg: string | undefined): void {
    if (!msg) return;
    (this.broken!.at(-1) as ValidationDetail).context = { ...context };
    this.hasContext = true;
  }

  misfit(depth: number, property: string | undefined, msg: string, type: string): void {
    (this.misfits ??= []).push({ loc: locOf(this.path, depth, property), msg, type });
  }

  /** Notes the result of a rule; returns whether the rule is broken, as far as is known at once. */
  note(depth: number, rule: AskedRule, result: unknown, args: RuleArguments): boolean {
    const loc = locOf(this.path, depth, args.property);
    if (isPromiseLike(result) || result instanceof PendingResults) {
      const late = (this.late ??= newLate());
      const settle = (kept: unknown): unknown =>
        isKept(kept) || addLate(late, detailOf(rule, rule.ownContext, args, loc));
      const settled = result instanceof PendingResults ? result.settle(settle) : Promise.resolve(result).then(settle);
      (this.pending ??= []).push(settled);
      return false;
    }
    if (isKept(result)) return false;
    if (rule.context) this.hasContext = true;
    (this.broken ??= []).push(detailOf(rule, rule.context, args, loc));
    return true;
  }

  /** Ends the rules of a property. One that is reported twice stands where it was first, in the words of the last. */
  close(depth: number, property: string): void {
    const broken = (this.broken ??= []);
    let start = broken.length;
    while (start > 0 && isAbout(broken[start - 1]!, depth, property)) start--;
    const own = broken.splice(start) as ValidationDetail[];
    const known = [...new Map(own.map((detail) => [detail.type, detail])).values()];
    broken.push(...known);
    if (this.late) broken.push(Object.assign(this.late, { known }));
    this.late = undefined;
  }

  /** Leaves an object to the library, which adds what it found to both lists. */
  leave(work: (broken: ValidationDetail[], misfits: ValidationDetail[]) => Promise<unknown>): void {
    const [broken, misfits]: Late[] = [newLate(), newLate()];
    (this.broken ??= []).push(broken!);
    (this.misfits ??= []).push(misfits!);
    (this.pending ??= []).push(work(broken!.details, misfits!.details));
  }

  /** The keys down to the members of the object that is being checked. */
  placeOf(depth: number): (string | number)[] {
    return this.path.slice(0, depth);
  }
}

// No private method: a class with one marks each object that it makes.
function locOf(path: readonly (string | number)[], depth: number, property: string | undefined): (string | number)[] {
  const loc = path.slice(0, depth);
  if (property !== undefined) loc.push(property);
  return loc;
}

/** Whether an entry is about the property that is being checked; what is inside of it is not reported yet. */
function isAbout(entry: Entry, depth: number, property: string): boolean {
  return 'loc' in entry && entry.loc.length === depth + 1 && entry.loc[depth] === property;
}

function newLate(): Late {
  return { known: [], details: [] };
}

function addLate(late: Late, detail: ValidationDetail): void {
  const earlier = [...late.known, ...late.details].find(({ type }) => type === detail.type);
  if (!earlier) late.details.push(detail);
  else {
    const context = { ...earlier.context, ...detail.context };
    Object.assign(earlier, { msg: detail.msg }, Object.keys(context).length > 0 && { context });
  }
}

function detailOf(
  rule: AskedRule,
  context: object | undefined,
  args: RuleArguments,
  loc: (string | number)[],
): ValidationDetail {
  const msg = ruleMessage(messageSource(rule), args);
  const detail: ValidationDetail = { loc, msg: detailMessage(rule.name, msg, loc), type: rule.name };
  if (msg && context) detail.context = { ...context };
  return detail;
}

/** Returns the details, once nothing is pending. */
export function detailsIn(entries: Entry[] | undefined, waited: boolean): ValidationDetail[] {
  if (!entries) return [];
  return waited
    ? entries.flatMap((entry) => ('details' in entry ? entry.details : entry))
    : (entries as ValidationDetail[]);
}
