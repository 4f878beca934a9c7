import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import { shown } from '../errors/option-names.js';
import { type Carriage, type Carrier, CARRIERS, type Via } from '../shared/event-types.js';

/** @throws BootstrapError for a `via` that names no queue or topic, or a combination that no event can take. */
export function checkVia(via: Via, decorator: string): void {
  const where = `the option via of ${decorator}`;
  if (typeof via !== 'object' || via === null) {
    throw new BootstrapError(`${where} is ${shown(via)}: it takes ${EXAMPLES}.`);
  }
  refuseUnknownOptions(via, decorator === '@OnSns' ? ['sqs', 'mq'] : Object.keys(CARRIERS), where);
  const given = Object.entries(via) as [Carrier, string][];
  if (given.length === 0) throw new BootstrapError(`${where} names nothing: it takes ${EXAMPLES}.`);
  if (via.sqs !== undefined && via.mq !== undefined) {
    throw new BootstrapError(
      `${where} names a queue of SQS and one of Amazon MQ, but no message is in both. Use one decorator for each.`,
    );
  }
  // Checks `undefined` as well: the name of an unset variable would silently mean another path.
  for (const [source, name] of given) checkCarriage({ source, name }, where);
}

const EXAMPLES = "{ sqs: 'uploads' }, { sns: 'uploads' }, { sns: 'uploads', sqs: 'thumbnails' } and the like";

/**
 * Checks the name of a queue or topic whose messages carry events. It may end with a `*`.
 *
 * @throws BootstrapError for an empty name, an ARN, a URL, or `*` alone.
 */
export function checkCarriage({ source, name }: Carriage, where: string): void {
  const kind = CARRIERS[source];
  const given = `${where}: ${source} is ${JSON.stringify(name)}`;
  if (typeof name !== 'string' || name === '') throw new BootstrapError(`${given}; it takes the name of a ${kind}.`);
  if (/^(?:arn:|https?:)/.test(name)) {
    throw new BootstrapError(`${given}; use the name of the ${kind}, which is the last part of that.`);
  }
  if (name === '*') {
    throw new BootstrapError(`${given}; name one ${kind}: carried events are declared for a single ${kind}.`);
  }
}

/**
 * Finds a mistake in the names of a consumer. Records are matched by the plain name of their queue or the like, so any
 * other notation matches nothing, and a missing name would match everything.
 *
 * @param names The names as given; a member that is `undefined` was meant to be a name.
 */
export function mistakeInNames(decorator: string, names: object): string | undefined {
  for (const [attribute, name] of Object.entries(names) as [string, unknown][]) {
    if (attribute === 'type') continue;
    const problem = problemOf(name);
    if (problem !== undefined) return `${decorator}: the ${attribute} is ${problem}.`;
  }
  return undefined;
}

/** Finds a mistake in the type of messages, by which the consumers of one queue are told apart. */
export function mistakeInType(decorator: string, criteria: object): string | undefined {
  if (!('type' in criteria)) return undefined;
  const { type } = criteria;
  const given = typeof type === 'string' ? JSON.stringify(type) : describeValue(type);
  const start = `${decorator}: the type is ${given}`;
  if (typeof type !== 'string' || type.trim() === '')
    return `${start}; it takes text, such as 'placed'. Omit it to take messages of every type.`;
  if (type.endsWith('*')) return `${start}; types are compared as they are, so a * stands for nothing. Name one type.`;
  if ('queue' in criteria) return undefined;
  return `${start}, but there is no queue: a type chooses among the consumers of one queue. Name the queue, too.`;
}

function problemOf(name: unknown): string | undefined {
  if (name === undefined)
    return "undefined. Omit it or write '*' to take all of them; if it comes from an environment variable, set it";
  if (typeof name !== 'string') return `${describeValue(name)}; it takes a name`;
  if (name.trim() === '') return `'${name}'; it takes a name, or omit it to take all of them`;
  if (!/^(?:arn:|https?:)/.test(name)) return undefined;
  const parts = name.split(/[:/]/).filter((part) => part !== '');
  return `"${name}"; it takes only the name, as in '${parts.at(-1)}'`;
}
