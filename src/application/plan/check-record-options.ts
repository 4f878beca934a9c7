import { checkCarriage } from '../../decorators/check-consumer.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { type Carrier, CARRIERS } from '../../shared/event-types.js';
import { type BatchOptions, batchOptions, REPORTING_SOURCES, type RequestsVia } from '../options/record-options.js';

/** @throws BootstrapError for an unknown option or a bad value. */
export function checkBatchOptions(options: BatchOptions = {}): void {
  const { concurrency, invalid, clientErrors, rejectWhole, eventBridgePipes } = batchOptions(options);
  refuseUnknownOptions(
    options,
    ['concurrency', 'invalid', 'clientErrors', 'rejectWhole', 'eventBridgePipes'],
    'the option batch',
  );
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new BootstrapError(`batch.concurrency is ${concurrency}: it must be a whole number from 1`);
  }
  if (invalid !== 'fail' && invalid !== 'drop' && typeof invalid !== 'function') {
    throw new BootstrapError(`batch.invalid is ${String(invalid)}: it must be 'fail', 'drop' or a function`);
  }
  if (clientErrors !== 'log' && clientErrors !== 'fail') {
    throw new BootstrapError(`batch.clientErrors is ${String(clientErrors)}: it must be 'log' or 'fail'`);
  }
  if (typeof eventBridgePipes !== 'boolean')
    throw new BootstrapError(`batch.eventBridgePipes is ${describeValue(eventBridgePipes)}: it must be true or false`);
  checkSources(rejectWhole);
}

function checkSources(sources: readonly string[]): void {
  const known: readonly string[] = REPORTING_SOURCES;
  if (Array.isArray(sources) && sources.every((source) => known.includes(source))) return;
  throw new BootstrapError(
    `batch.rejectWhole is ${JSON.stringify(sources)}: it must be a list of '${known.join("', '")}'`,
  );
}

const WHERE = 'the option requestsVia';

/** @throws BootstrapError for an unknown source, and for anything but a list of names. */
export function checkRequestsVia(option: RequestsVia = {}): void {
  if (typeof option !== 'object' || option === null || Array.isArray(option)) {
    throw new BootstrapError(`${WHERE} must have lists of names, as in { sqs: ['api-requests'] }`);
  }
  refuseUnknownOptions(option, Object.keys(CARRIERS), WHERE);
  for (const [source, names] of Object.entries(option)) checkNames(source as Carrier, names);
}

function checkNames(source: Carrier, names: unknown): void {
  if (names === undefined) return;
  if (!Array.isArray(names)) {
    throw new BootstrapError(
      `${WHERE}: ${source} is ${JSON.stringify(names)}; it must be a list of names, as in ['api-requests']`,
    );
  }
  for (const name of names as string[]) checkCarriage({ source, name }, WHERE);
}
