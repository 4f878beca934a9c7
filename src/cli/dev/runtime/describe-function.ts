import { descriptionOf } from '../../../application/described-handler.js';
import type { ApplicationDescription } from '../../../contracts/application-description.js';
import { demandsOf } from '../../../deployment/demand.js';
import type { FunctionDescription } from './messages.js';

/** By this mark AWS's runtime knows a streaming handler. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** What there is to know of a handler; of one that no application has made that is little. */
export function describeFunction(handler: object): FunctionDescription {
  const { routes = [], lazy = [], consumers = [], requestsVia = [] } = descriptionOf(handler) ?? ({} as Partial<ApplicationDescription>);
  return {
    routes: routes.map(({ method, path, handler: name }) => ({ method, path, handler: name })),
    lazy,
    queues: demandsOf(consumers, requestsVia).flatMap(({ source, name = '*' }) => (source === 'sqs' ? [name] : [])),
    streams: STREAMING in handler,
  };
}
