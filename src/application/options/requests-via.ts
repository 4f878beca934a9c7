import { checkCarriage } from '../../decorators/check-consumer.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { type Carriage, type Carrier, CARRIERS } from '../../shared/event-types.js';

/** The option `requestsVia` of `create`: the names of queues and topics whose messages are requests. */
export interface RequestsVia {
  sqs?: readonly string[];
  mq?: readonly string[];
  sns?: readonly string[];
}

const WHERE = 'the option requestsVia';

/** @throws BootstrapError for an unknown source, and for anything but a list of names. */
export function resolveRequestsVia(option: RequestsVia = {}): readonly Carriage[] {
  if (typeof option !== 'object' || option === null || Array.isArray(option)) {
    throw new BootstrapError(`${WHERE} must have lists of names, as in { sqs: ['api-requests'] }`);
  }
  refuseUnknownOptions(option, Object.keys(CARRIERS), WHERE);
  return (Object.entries(option) as [Carrier, unknown][]).flatMap(([source, names]) => carriagesOf(source, names));
}

function carriagesOf(source: Carrier, names: unknown): Carriage[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) {
    throw new BootstrapError(
      `${WHERE}: ${source} is ${JSON.stringify(names)}; it must be a list of names, as in ['api-requests']`,
    );
  }
  return (names as string[]).map((name) => {
    checkCarriage({ source, name }, WHERE);
    return { source, name };
  });
}
