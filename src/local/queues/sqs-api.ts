import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, jsonIn } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { comesFromPage } from '../comes-from-page.js';
import { readBody } from '../read-body.js';
import { digestOf } from './message-attributes.js';
import type { Message } from './message.js';
import { MESSAGE_LIMIT, readSendParameters, type SendParameters } from './send-parameters.js';
import { invalidParameter, missingParameter, QueueError, sqsError, unknownAction } from './queue-error.js';
import type { QueueService } from './queue-service.js';
import type { Queue } from './queue.js';

/** The limit in bytes of a request: a message of maximum length, with every character escaped. */
const REQUEST_LIMIT = 8 * 1024 * 1024;

const TARGET = /^AmazonSQS\.(\w+)$/;

/** Handles a request in SQS's JSON protocol (AWS JSON 1.0, with the error header of query-compatible services). */
export async function handleSqsRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: ActionContext,
): Promise<void> {
  try {
    if (comesFromPage(request)) throw invalidParameter('Requests from web pages in a browser are refused.');
    const input = await readInput(request);
    send(response, 200, runAction(actionOf(request), input, context));
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    response.setHeader('x-amzn-query-error', `${error.code};Sender`);
    send(response, 400, { __type: error.type, message: error.message });
  }
}

function actionOf({ headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  const [, action] = TARGET.exec(String(target)) ?? [];
  if (action !== undefined) return action;
  throw invalidParameter(
    'The header X-Amz-Target must name an action, such as AmazonSQS.SendMessage. ' +
      'The older query protocol is not supported.',
  );
}

async function readInput(request: IncomingMessage): Promise<PlainObject> {
  const body = await readBody(request, REQUEST_LIMIT);
  if (!body) throw invalidParameter(`The request is longer than ${REQUEST_LIMIT} bytes.`);
  const input = jsonIn(body.toString('utf8'));
  if (isJsonObject(input)) return input;
  throw invalidParameter('The body of the request must be a JSON object.');
}

function send(response: ServerResponse, status: number, content: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(content));
}

interface ActionContext {
  readonly service: QueueService;
  urlOf(queue: string): string;
}

type Action = (input: PlainObject, context: ActionContext) => object;

const ACTIONS: Readonly<Record<string, Action>> = {
  SendMessage: (input, context) => {
    const queue = queueOf(input, context);
    const [message] = context.service.send(queue, [readSendParameters(input, queue)]);
    return receiptOf(message!);
  },

  SendMessageBatch: (input, context) => {
    const queue = queueOf(input, context);
    const entries = readBatch(input['Entries'], queue);
    const accepted = entries.filter((entry) => 'parameters' in entry);
    const messages = context.service.send(
      queue,
      accepted.map(({ parameters }) => parameters),
    );
    const refused = entries.filter((entry) => 'refusal' in entry);
    return {
      Successful: accepted.map(({ id }, index) => ({ Id: id, ...receiptOf(messages[index]!) })),
      Failed: refused.map(({ id, refusal: { code, message } }) => ({
        Id: id,
        SenderFault: true,
        Code: code,
        Message: message,
      })),
    };
  },

  CreateQueue: (input, { service, urlOf }) => {
    const attributes = isJsonObject(input['Attributes']) ? input['Attributes'] : {};
    return { QueueUrl: urlOf(service.create(nameIn(input), attributes['ContentBasedDeduplication'] === 'true').name) };
  },

  GetQueueUrl: (input, { service, urlOf }) => ({ QueueUrl: urlOf(service.get(nameIn(input)).name) }),

  GetQueueAttributes: (input, context) => {
    const attributes = Object.entries(attributesOf(queueOf(input, context)));
    const wanted = Array.isArray(input['AttributeNames']) ? (input['AttributeNames'] as readonly unknown[]) : [];
    return {
      Attributes: Object.fromEntries(attributes.filter(([name]) => wanted.includes('All') || wanted.includes(name))),
    };
  },

  ListQueues: ({ QueueNamePrefix: prefix = '' }, { service, urlOf }) => {
    return { QueueUrls: service.names.filter((name) => name.startsWith(String(prefix))).map(urlOf) };
  },
};

/** Runs an action. @throws QueueError when the request is wrong. */
function runAction(name: string, input: PlainObject, context: ActionContext): object {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) throw unknownAction(name, Object.keys(ACTIONS));
  return action(input, context);
}

/** Returns the queue of the parameter `QueueUrl`, whatever the host in the URL. */
function queueOf({ QueueUrl: url }: PlainObject, { service }: ActionContext): Queue {
  if (typeof url !== 'string' || url === '') throw missingParameter('QueueUrl');
  return service.get(url.slice(url.lastIndexOf('/') + 1));
}

function nameIn({ QueueName: name }: PlainObject): string {
  if (typeof name !== 'string' || name === '') throw missingParameter('QueueName');
  return name;
}

/** Returns what the sender learns about a message. */
function receiptOf({ id, body, attributes, systemAttributes, sequenceNumber }: Message): object {
  return {
    MessageId: id,
    MD5OfMessageBody: createHash('md5').update(body).digest('hex'),
    MD5OfMessageAttributes: digestOf(attributes),
    MD5OfMessageSystemAttributes: digestOf(systemAttributes),
    SequenceNumber: sequenceNumber,
  };
}

function attributesOf({ name, length, fifo, contentBasedDeduplication }: Queue): Record<string, string> {
  return {
    QueueArn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
    ApproximateNumberOfMessages: String(length),
    ...(fifo && { FifoQueue: 'true', ContentBasedDeduplication: String(contentBasedDeduplication) }),
  };
}

const MAX_ENTRIES = 10;

/** An entry of `SendMessageBatch` that is accepted, or the reason why it is refused. */
type BatchEntry = { readonly id: string } & (
  | { readonly parameters: SendParameters }
  | { readonly refusal: QueueError }
);

/**
 * Reads the entries of `SendMessageBatch`, each of which may be refused on its own.
 *
 * @throws QueueError when the whole request is refused.
 */
function readBatch(entries: unknown, queue: Queue): BatchEntry[] {
  const list = Array.isArray(entries) ? (entries as readonly unknown[]) : [];
  if (list.length === 0)
    throw sqsError('EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.');
  if (list.length > MAX_ENTRIES) {
    throw sqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${list.length}.`,
    );
  }
  const read = list.map((entry) => readEntry(isJsonObject(entry) ? entry : {}, queue));
  checkIds(read.map(({ id }) => id));
  checkLength(read);
  return read;
}

function readEntry(entry: PlainObject, queue: Queue): BatchEntry {
  const id = String(entry['Id']);
  try {
    return { id, parameters: readSendParameters(entry, queue) };
  } catch (error) {
    if (error instanceof QueueError) return { id, refusal: error };
    throw error;
  }
}

function checkIds(ids: readonly string[]): void {
  const odd = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (odd !== undefined) {
    throw sqsError(
      'InvalidBatchEntryId',
      `A batch entry id can only contain alphanumeric characters, hyphens and underscores, not ${JSON.stringify(odd)}.`,
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw sqsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
}

function checkLength(entries: readonly BatchEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + ('parameters' in entry ? entry.parameters.bytes : 0), 0);
  if (bytes <= MESSAGE_LIMIT) return;
  throw sqsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${MESSAGE_LIMIT} bytes. You have sent ${bytes} bytes.`,
  );
}
