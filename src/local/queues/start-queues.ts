import type { SQSRecord } from 'aws-lambda';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anObject,
  anyText,
  checkOptions,
  flag,
  listOf,
  numberAbove,
  type OptionRules,
  wholeNumber,
} from '../../errors/check-options.js';
import { bufferedInvoke } from '../invoke/call-function.js';
import type { HandlerTarget } from '../invoke/handler-target.js';
import { startLoopbackServer } from '../listen.js';
import type { Terminal } from '../terminal.js';
import { QueueError } from './queue-error.js';
import { QueueService } from './queue-service.js';
import { handleSqsRequest } from './sqs-api.js';

/** Options of `startQueues`. */
export interface QueuesOptions {
  /** The names of the queues to create. A name that ends with `.fifo` makes a FIFO queue. */
  names: readonly string[];
  /** The port to listen on. Defaults to a free port. */
  port?: number;
  /** The most messages in one event, as `BatchSize` of an event source mapping. Defaults to 10. */
  batchSize?: number;
  /** Seconds from a failed delivery to the next one. Defaults to 1, while SQS defaults to 30. */
  visibilityTimeout?: number;
  /** The most deliveries of a message, after which it becomes a dead letter. Defaults to 3. */
  maxReceiveCount?: number;
  /** Lets FIFO queues recognize repeated messages by their bodies when they have no `MessageDeduplicationId`. */
  contentBasedDeduplication?: boolean;
  /** The function's timeout in seconds. Defaults to 30. */
  timeout?: number;
  /** The terminal for failures. Defaults to the console. */
  terminal?: Terminal;
}

const RULES: OptionRules<QueuesOptions> = {
  names: listOf(anyText),
  port: wholeNumber(0, 65_535),
  batchSize: wholeNumber(1),
  visibilityTimeout: numberAbove(0, 'seconds'),
  maxReceiveCount: wholeNumber(1),
  contentBasedDeduplication: flag,
  timeout: numberAbove(0, 'seconds'),
  terminal: anObject,
};

/** Queues in this process that clients use like SQS, and that deliver their messages to an application. */
export interface LocalQueues {
  /** The endpoint for SQS clients, for `AWS_ENDPOINT_URL_SQS`. */
  readonly endpoint: string;
  /** The messages that failed `maxReceiveCount` times, as they were last delivered. */
  readonly deadLetters: readonly SQSRecord[];
  /** Returns the URL of a queue. @throws BootstrapError when the queue does not exist. */
  urlOf(name: string): string;
  /**
   * Creates a queue, unless there is one of the name.
   *
   * @throws BootstrapError for a name that SQS does not accept.
   */
  create(name: string): void;
  /**
   * Delivers messages to the application, or to a handler `(event, context)`, from now on. Waiting messages are
   * delivered immediately.
   *
   * @param takes Says for which queues; the messages of the others wait. Defaults to all of them.
   */
  deliverTo(target: HandlerTarget, takes?: (queue: string) => boolean): void;
  /** Starts no more deliveries until `deliverTo` is called again. Current deliveries continue. */
  hold(): void;
  /** Resolves when every message was delivered or became a dead letter. @throws BootstrapError before `deliverTo`. */
  idle(): Promise<void>;
  /** Stops accepting and delivering messages, and resolves when current batches are done. Waiting messages are lost. */
  close(): Promise<void>;
}

/**
 * Starts an SQS emulator on the loopback interface. It delivers the messages that clients send as an event source
 * mapping with `ReportBatchItemFailures` does.
 *
 * Start it before the application creates its clients, which need the endpoint, and call `deliverTo` after its
 * bootstrap.
 *
 * @throws BootstrapError when an option or a name is wrong.
 */
export async function startQueues(options: QueuesOptions): Promise<LocalQueues> {
  checkOptions(options, RULES, 'startQueues()');
  const { names, port = 0, contentBasedDeduplication = false, timeout = 30, terminal = console } = options;
  const { batchSize = 10, visibilityTimeout = 1, maxReceiveCount = 3 } = options;
  if (names === undefined) throw new BootstrapError("startQueues() needs names: ['orders'].");
  const deadLetters: SQSRecord[] = [];
  const service = new QueueService({
    batchSize,
    visibilityTimeout: visibilityTimeout * 1000,
    maxReceiveCount,
    terminal,
    onDeadLetter: (record) => deadLetters.push(record),
  });
  asBootstrapError(() => names.forEach((name) => service.create(name, contentBasedDeduplication)));
  const urlOf = (name: string) => `${server.url}/123456789012/${name}`;
  const server = await startLoopbackServer({ what: 'the queues', port, terminal }, (request, response) =>
    handleSqsRequest(request, response, { service, urlOf }),
  );
  let closed: Promise<void> | undefined;
  return {
    endpoint: server.url,
    deadLetters,
    urlOf: (name) => asBootstrapError(() => urlOf(service.get(name).name)),
    create: (name) => asBootstrapError(() => void service.create(name, contentBasedDeduplication)),
    deliverTo: (target, takes) => service.deliverTo(bufferedInvoke(target, timeout * 1000), takes),
    hold: () => service.hold(),
    idle: () => service.idle(),
    // In this order: a handler that still runs may send messages.
    close: () => (closed ??= service.close().then(() => server.close())),
  };
}

/** Converts the errors that SQS would return to a client. */
function asBootstrapError<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw error instanceof QueueError ? new BootstrapError(error.message) : error;
  }
}
