import fc from 'fast-check';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { type LogFields, Logger } from '../../src/contracts/logger.js';
import type { Constructor } from '../../src/shared/types.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from '../application/create-app.js';
import {
  BATCH_SOURCES,
  type BatchSource,
  CONSUMERS,
  handed,
  INVOCATIONS,
  Invoked,
  type Members,
} from './malformed-sources.js';
import { type Change, changed, CHANGES, type Path, pathsOf } from './mutations.js';

// Answers of custom resources go nowhere.
jest.mock('../../src/events/custom-resource/put-json.js', () => ({ putJson: () => Promise.resolve() }));

/** Keeps what the lines say of errors. */
class ErrorLog extends Logger {
  readonly details: string[] = [];

  readonly fields = {};

  set() {}
  debug() {}
  info() {}
  warning(_message: string, fields: LogFields = {}) {
    this.#keep(fields);
  }
  error(_message: string, fields: LogFields = {}) {
    this.#keep(fields);
  }
  critical(_message: string, fields: LogFields = {}) {
    this.#keep(fields);
  }

  #keep({ error_detail: detail }: LogFields) {
    if (detail !== undefined) this.details.push(typeof detail === 'string' ? detail : JSON.stringify(detail));
  }
}

interface Trial {
  readonly app: LambdaApplication;
  readonly log: ErrorLog;
}

function trialOf(consumer: Constructor): Trial {
  const log = new ErrorLog();
  const app = createApp({ controllers: [consumer] }, { logger: log });
  return { app, log };
}

/** What came of an event, and everything that was said of errors on the way. */
async function outcomeOf(
  { app, log }: Trial,
  event: unknown,
): Promise<{ result: PromiseSettledResult<unknown>; words: string[] }> {
  log.details.length = 0;
  handed.length = 0;
  const [result] = await Promise.allSettled([app.handler(event, fakeContext())]);
  return { result, words: [...log.details, ...(result.status === 'rejected' ? wordsOf(result.reason) : [])] };
}

function wordsOf(error: unknown): string[] {
  const { errors = [], detail } = Object(error) as { errors?: unknown[]; detail?: unknown };
  return [String(error), JSON.stringify(detail) ?? '', ...errors.flatMap(wordsOf)];
}

// By their stacks or their names; errors of the language say that nobody had looked at the value.
const OURS =
  /\b(?:TypeError|RangeError|ReferenceError|SyntaxError|URIError|InternalError)\b|is not a function|Cannot read|call stack/;

/** Said of what the method returns, which here is what came. */
const OF_RESULTS = [
  'TypeError: The result is circular: ',
  'TypeError: The result is nested more than 1000 levels deep',
  'TypeError: A Cognito trigger must return nothing, or its event',
];

function expectGoodWords(words: readonly string[], where: string): void {
  const bad = words.find((word) => OURS.test(word) && !OF_RESULTS.some((start) => word.startsWith(start)));
  if (bad !== undefined) throw new Error(`${where}: ${bad.slice(0, 500)}`);
  const long = words.find((word) => word.length > 20_000);
  if (long !== undefined) throw new Error(`${where}: an error of ${long.length} characters: ${long.slice(0, 500)}`);
}

/** An identifier as text; nothing of one that can't be one. */
function textOf(identifier: unknown): string {
  const { partition, offset } = Object(identifier) as { partition?: unknown; offset?: unknown };
  if (typeof partition === 'string' && typeof offset === 'number') return `${partition}:${offset}`;
  return typeof identifier === 'string' ? identifier : '';
}

function identifiersIn(result: unknown): unknown[] {
  const { batchItemFailures = [] } = Object(result) as { batchItemFailures?: { itemIdentifier: unknown }[] };
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/**
 * A batch is never lost: each of its records was handed over, or is named as failed by an identifier that it has, or
 * (where records are in order) comes after one that is, or the invocation has failed.
 */
async function expectDecentBatch(source: BatchSource, trial: Trial, event: unknown, where: string): Promise<void> {
  const { result, words } = await outcomeOf(trial, event);
  expectGoodWords(words, where);
  if (handed.some((raw) => typeof raw !== 'object' || raw === null))
    throw new Error(`${where}: handed over ${JSON.stringify(handed)}`);
  if (result.status === 'rejected') return;
  const named = identifiersIn(result.value).map(textOf);
  if (named.includes('')) throw new Error(`${where}: failed with the identifiers ${named.join()}`);
  const lost = source
    .listsIn(event as Members)
    .flatMap(([list, key]) => lostIn(list, named, (raw) => source.identifierOf?.(raw, key), source.ordered));
  const strange = named.length > 0 && source.identifierOf === undefined;
  if (lost.length > 0 || strange)
    throw new Error(`${where}: lost ${lost.length} of its records, named ${named.join()}`);
}

function lostIn(
  list: unknown,
  named: readonly string[],
  identifierOf: (raw: Members) => unknown,
  ordered = false,
): unknown[] {
  if (!Array.isArray(list)) return [list];
  const isNamed = (raw: unknown) => named.includes(textOf(identifierOf(Object(raw) as Members)));
  const first = list.findIndex(isNamed);
  return list.filter(
    (raw, index) => !handed.includes(raw) && !isNamed(raw) && !(ordered && first !== -1 && index > first),
  );
}

async function expectDecentInvocation(trial: Trial, event: unknown, where: string): Promise<void> {
  const { result, words } = await outcomeOf(trial, event);
  expectGoodWords(words, where);
  const { statusCode = 200 } = Object(result.status === 'fulfilled' ? result.value : undefined) as {
    statusCode?: number;
  };
  if (statusCode >= 500) throw new Error(`${where}: answered with ${statusCode}`);
}

function fresh(event: unknown): unknown {
  return JSON.parse(JSON.stringify(event));
}

/** Every change of every member, one at a time. */
async function eachChange(
  event: unknown,
  from: number,
  check: (event: unknown, where: string) => Promise<void>,
): Promise<void> {
  for (const path of pathsOf(event).slice(from)) {
    for (const [name, change] of CHANGES) await check(changed(event, path, change), `${path.join('.')} being ${name}`);
  }
}

/** Some members at once, that are anything. */
function severalChanges(event: unknown): fc.Arbitrary<unknown> {
  const change = fc.oneof(
    fc.constantFrom(...CHANGES.values()),
    fc.jsonValue().map((to): Change => ({ to })),
  );
  const changes = fc.array(fc.tuple(fc.constantFrom<Path>(...pathsOf(event).slice(1)), change), {
    minLength: 2,
    maxLength: 4,
  });
  return changes.map((all) => all.reduce((before, [path, one]) => changed(before, path, one), event));
}

describe.each(Object.entries(BATCH_SOURCES))('a malformed event of %s', (_, source) => {
  const event = fresh(source.event());

  it.each(Object.entries(CONSUMERS))('is handed over, named as failed or refused, by %s', async (_name, make) => {
    const trial = trialOf(make(source));
    await eachChange(event, 1, (mutant, where) => expectDecentBatch(source, trial, mutant, where));
    await fc.assert(
      fc.asyncProperty(severalChanges(event), (mutant) => expectDecentBatch(source, trial, mutant, 'several')),
      { numRuns: 100 },
    );
    // Nothing stays behind.
    const { result, words } = await outcomeOf(trial, event);
    expect([identifiersIn((result as PromiseFulfilledResult<unknown>).value), words, handed.length]).toEqual([
      [],
      [],
      source.count,
    ]);
  });
});

describe.each(Object.entries(INVOCATIONS))('a malformed event of %s', (_, build) => {
  it('is answered, or refused with a word on what is wrong', async () => {
    const event = fresh(build());
    const trial = trialOf(Invoked);
    await eachChange(event, 0, (mutant, where) => expectDecentInvocation(trial, mutant, where));
    await fc.assert(
      fc.asyncProperty(severalChanges(event), (mutant) => expectDecentInvocation(trial, mutant, 'several')),
      { numRuns: 100 },
    );
    expect((await outcomeOf(trial, event)).words).toEqual([]);
  });
});
