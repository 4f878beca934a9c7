import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js';
import { type Carriage, type Carrier, CARRIERS, type Via } from '../shared/via.js';

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
