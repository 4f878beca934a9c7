import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import { type Carriage, type Carrier, CARRIERS, type Via } from '../shared/event-types.js';

/** @throws BootstrapError for a `via` that names no queue or topic, or a way that no event takes. */
export function checkVia(via: Via, decorator: string): void {
  const where = `the option via of ${decorator}`;
  if (typeof via !== 'object' || via === null) {
    throw new BootstrapError(`${where} is ${String(via)}: it takes ${EXAMPLES}.`);
  }
  refuseUnknownOptions(via, decorator === '@OnSns' ? ['sqs', 'mq'] : Object.keys(CARRIERS), where);
  const given = Object.entries(via) as [Carrier, string][];
  if (given.length === 0) throw new BootstrapError(`${where} names nothing: it takes ${EXAMPLES}.`);
  if (via.sqs !== undefined && via.mq !== undefined) {
    throw new BootstrapError(
      `${where} names a queue of SQS and one of Amazon MQ: no message is in both. Write a decorator for each.`,
    );
  }
  // A name that is not there, as of a variable that is not set, would say another way.
  for (const [source, name] of given) checkCarriage({ source, name }, where);
}

const EXAMPLES = "{ sqs: 'uploads' }, { sns: 'uploads' }, { sns: 'uploads', sqs: 'thumbnails' } and the like";

/**
 * A declaration of what comes in messages is for one queue or topic, or for those whose names begin alike.
 *
 * @throws BootstrapError for anything else.
 */
export function checkCarriage({ source, name }: Carriage, where: string): void {
  const kind = CARRIERS[source];
  const given = `${where}: ${source} is ${JSON.stringify(name)}`;
  if (typeof name !== 'string' || name === '') throw new BootstrapError(`${given}; it takes the name of a ${kind}.`);
  if (/^(?:arn:|https?:)/.test(name)) {
    throw new BootstrapError(`${given}; it takes the name of a ${kind}, which is the last part of that.`);
  }
  if (name === '*') {
    throw new BootstrapError(`${given}; name the ${kind}: what may come in its messages is declared for it alone.`);
  }
}

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
  if (typeof name !== 'string') return `${describeValue(name)}; it takes a name`;
  if (name.trim() === '') return `'${name}'; it takes a name, and without one it takes all of them`;
  if (!/^(?:arn:|https?:)/.test(name)) return undefined;
  const parts = name.split(/[:/]/).filter((part) => part !== '');
  return `"${name}"; it takes the name alone, as in '${parts.at(-1)}'`;
}
