import { createServer, type RequestListener } from 'node:http';
import type { SQSRecord } from 'aws-lambda';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anObject as aRecord,
  anyText,
  anything,
  checkOptions as checkEach,
  flag,
  listOf,
  type Rules,
  wholeNumber,
} from '../../errors/check-options.js';
import { callFunction, handlerOf, type HandlerTarget, timeoutLimit, within } from '../invoke/call-function.js';
import { closeServer, forKnownHosts, listen } from '../loopback-server.js';
import type { Terminal } from '../terminal.js';
import { QueueError } from './queue-error.js';
import { QueueService } from './queue-service.js';
import { handleSqsRequest } from './sqs-api.js';

/** What `startQueues` takes. */
export interface QueuesOptions {
  /** The queues that there are; one whose name ends with `.fifo` is a FIFO queue. */
  names: readonly string[];
  /** A free one unless given. */
  port?: number;
  /** Messages in one event, as the event source mapping's `BatchSize`: 10 unless given. */
  batchSize?: number;
  /** Seconds from a delivery that failed to the next one: 1 unless given, where AWS takes 30. */
  visibilityTimeout?: number;
  /** Deliveries of a message before it goes to the dead letters: 3 unless given. */
  maxReceiveCount?: number;
  /** Lets FIFO queues tell messages apart by their bodies where they have no `MessageDeduplicationId`. */
  contentBasedDeduplication?: boolean;
  /** The function's timeout in seconds, 30 unless given. */
  timeout?: number;
  /** Where to print what failed; the console unless given. */
  terminal?: Terminal;
}

const RULES: Rules<QueuesOptions> = {
  names: listOf(anyText),
  port: wholeNumber(0, 65_535),
  batchSize: anything,
  visibilityTimeout: anything,
  maxReceiveCount: anything,
  contentBasedDeduplication: flag,
  timeout: anything,
  terminal: aRecord,
};

/** Queues in this process, spoken to as SQS, that deliver to an application. */
export interface LocalQueues {
  /** The address for SQS clients, as in `AWS_ENDPOINT_URL_SQS`. */
  readonly endpoint: string;
  /** Messages that failed `maxReceiveCount` times, as they were delivered last. */
  readonly deadLetters: readonly SQSRecord[];
  /** The URL of a queue. @throws BootstrapError where there is none. */
  urlOf(name: string): string;
  /**
   * Delivers all messages to the application, or to a handler `(event, context)`, from now on; those that wait at once.
   */
  deliverTo(target: HandlerTarget): void;
  /** Delivers nothing until `deliverTo` is called again; what is under way goes on. */
  hold(): void;
  /**
   * Resolves when every message was delivered or has gone to the dead letters. @throws BootstrapError before
   * `deliverTo`.
   */
  idle(): Promise<void>;
  /** Takes and delivers nothing more, and resolves when the batches under way are done; messages that wait are lost. */
  close(): Promise<void>;
}

/**
 * Starts SQS on the loopback interface: what clients send to the queues is delivered as an event source mapping with
 * `ReportBatchItemFailures` would.
 *
 * Start it before the application makes its clients, which need the endpoint, and call `deliverTo` after its bootstrap.
 *
 * @throws BootstrapError when an option or a name is wrong.
 */
export async function startQueues(options: QueuesOptions): Promise<LocalQueues> {
  checkOptions(options);
  const { names, port = 0, contentBasedDeduplication = false, timeout = 30, terminal = console } = options;
  const deadLetters: SQSRecord[] = [];
  const service = openService(options, deadLetters);
  asBootstrapError(() => names.forEach((name) => service.create(name, contentBasedDeduplication)));
  const urlOf = (name: string) => `${endpoint}/123456789012/${name}`;
  const listener: RequestListener = (request, response) => {
    handleSqsRequest(request, response, { service, urlOf }).catch((error: unknown) => {
      terminal.error('A request to the queues could not be answered', error);
      response.destroy();
    });
  };
  const server = createServer(forKnownHosts({ host: '127.0.0.1' }, listener));
  const endpoint = await listen(server, port, '127.0.0.1');
  let closed: Promise<void> | undefined;
  return {
    endpoint,
    deadLetters,
    urlOf: (name) => asBootstrapError(() => urlOf(service.get(name).name)),
    deliverTo: (target) => service.deliverTo(invokeOf(target, timeout * 1000)),
    hold: () => service.hold(),
    idle: () => service.idle(),
    // In this sequence: a handler under way may still send.
    close: () => (closed ??= service.close().then(() => closeServer(server))),
  };
}

function checkOptions(options: QueuesOptions): void {
  checkEach(options, RULES, 'startQueues()');
  if (options.names === undefined) throw new BootstrapError("startQueues() needs names: ['orders'].");
  for (const name of ['batchSize', 'maxReceiveCount'] as const) {
    const value = options[name] ?? 1;
    if (!Number.isInteger(value) || value < 1)
      throw new BootstrapError(`startQueues(): ${name} takes a whole number from 1, not ${value}.`);
  }
  for (const name of ['visibilityTimeout', 'timeout'] as const) {
    const value = options[name] ?? 1;
    if (!(typeof value === 'number' && value > 0)) {
      throw new BootstrapError(`startQueues(): ${name} takes seconds above 0, not ${value}.`);
    }
  }
}

function openService(options: QueuesOptions, deadLetters: SQSRecord[]): QueueService {
  const { batchSize = 10, visibilityTimeout = 1, maxReceiveCount = 3, terminal = console } = options;
  return new QueueService({
    batchSize,
    visibilityTimeout: visibilityTimeout * 1000,
    maxReceiveCount,
    terminal,
    giveUp: (record) => deadLetters.push(record),
  });
}

function invokeOf(target: HandlerTarget, timeout: number): (event: string) => Promise<string> {
  const handler = handlerOf(target);
  return (event) => within(callFunction(handler, event, { timeout }), timeoutLimit(timeout));
}

/** What SQS would tell a client is told to the program that asks. */
function asBootstrapError<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw error instanceof QueueError ? new BootstrapError(error.message) : error;
  }
}
