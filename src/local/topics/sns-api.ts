import { randomUUID } from 'node:crypto';
import type { SNSEvent, SNSMessageAttributes } from 'aws-lambda';
import { sampleSns } from '../../samples/sns.js';
import { element, listIn, type QueryTree, readQuery, textIn, treeIn } from './query-protocol.js';

/** An error that SNS returns (its API reference, the errors of Publish and PublishBatch). */
export class SnsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** A message that a topic has taken, as the event that delivers it to a function. */
export interface Notification {
  readonly topic: string;
  readonly event: SNSEvent;
}

interface Published {
  readonly notifications: readonly Notification[];
  /** The result of the action, as XML. */
  readonly xml: string;
}

/**
 * Runs an action of SNS.
 *
 * @param topics the names of the topics.
 * @throws SnsError when the request is wrong.
 */
export function runSnsAction(body: string, topics: ReadonlySet<string>): Published {
  const query = readQuery(body);
  const action = textIn(query, 'Action') ?? '';
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!run) {
    const known = Object.keys(ACTIONS).join(', ');
    throw new SnsError('InvalidAction', `The action ${action} is not supported, only ${known}.`);
  }
  const { notifications, results } = run(query, topicIn(query, topics));
  const metadata = element('ResponseMetadata', [element('RequestId', randomUUID())]);
  return { notifications, xml: element(`${action}Response`, [element(`${action}Result`, results), metadata]) };
}

/** Writes an error as SNS does. */
export function snsErrorXml({ code, message }: SnsError): string {
  const details = [element('Type', 'Sender'), element('Code', code), element('Message', message)];
  return element('ErrorResponse', [element('Error', details), element('RequestId', randomUUID())]);
}

interface ActionResult {
  readonly notifications: readonly Notification[];
  /** Elements of XML. */
  readonly results: readonly string[];
}

const ACTIONS: Readonly<Record<string, (query: QueryTree, topic: string) => ActionResult>> = {
  Publish: (query, topic) => {
    const notification = notificationOf(query, topic);
    return { notifications: [notification], results: receipt(notification) };
  },

  PublishBatch: (query, topic) => {
    const entries = entriesIn(query).map((entry) => publishEntry(entry, topic));
    const accepted = entries.filter((entry) => 'notification' in entry);
    const successful = accepted.map(({ id, notification }) =>
      element('member', [element('Id', id), ...receipt(notification)]),
    );
    const failed = entries.flatMap((entry) => ('refusal' in entry ? [refusal(entry.id, entry.refusal)] : []));
    return {
      notifications: accepted.map(({ notification }) => notification),
      results: [element('Successful', successful), element('Failed', failed)],
    };
  },
};

type Entry = { readonly id: string } & ({ readonly notification: Notification } | { readonly refusal: SnsError });

function publishEntry(entry: QueryTree, topic: string): Entry {
  const id = textIn(entry, 'Id') ?? '';
  try {
    return { id, notification: notificationOf(entry, topic) };
  } catch (error) {
    if (error instanceof SnsError) return { id, refusal: error };
    throw error;
  }
}

function refusal(id: string, { code, message }: SnsError): string {
  const details = [element('Code', code), element('Message', message), element('SenderFault', 'true')];
  return element('member', [element('Id', id), ...details]);
}

/** Only FIFO topics number their messages. */
function receipt({
  topic,
  event: {
    Records: [record],
  },
}: Notification): string[] {
  const sequence = topic.endsWith('.fifo') ? `${Date.now()}0000000` : undefined;
  return [element('MessageId', record!.Sns.MessageId), element('SequenceNumber', sequence)];
}

const MAX_ENTRIES = 10;

function entriesIn(query: QueryTree): QueryTree[] {
  const entries = listIn(query, 'PublishBatchRequestEntries', 'member');
  if (entries.length === 0) throw new SnsError('EmptyBatchRequest', 'The batch request does not contain any entries.');
  if (entries.length > MAX_ENTRIES) {
    const message = `The batch request contains more entries than permissible (more than ${MAX_ENTRIES}).`;
    throw new SnsError('TooManyEntriesInBatchRequest', message);
  }
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MESSAGE_LIMIT)
    throw new SnsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
  const ids = entries.map((entry) => textIn(entry, 'Id'));
  if (new Set(ids).size === ids.length) return entries;
  throw new SnsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
}

function topicIn(query: QueryTree, topics: ReadonlySet<string>): string {
  const arn = textIn(query, 'TopicArn');
  if (arn === undefined) throw invalid('TopicArn is missing');
  const topic = arn.slice(arn.lastIndexOf(':') + 1);
  if (topics.has(topic)) return topic;
  const known = topics.size === 0 ? 'none' : [...topics].join(', ');
  throw new SnsError('NotFound', `Topic does not exist: there is no topic "${topic}", the topics are: ${known}.`, 404);
}

/** The limit in bytes of a message, and of all messages of a batch (the quotas of SNS). */
const MESSAGE_LIMIT = 256 * 1024;

function notificationOf(input: QueryTree, topic: string): Notification {
  const message = textIn(input, 'Message');
  if (message === undefined) throw invalid('Empty message');
  if (sizeOf(input) > MESSAGE_LIMIT) throw invalid('Message too long');
  if (topic.endsWith('.fifo') && textIn(input, 'MessageGroupId') === undefined)
    throw invalid('The MessageGroupId parameter is required for FIFO topics');
  const { Records } = sampleSns(topic, [message]);
  const [{ Sns, ...record }] = Records as [SNSEvent['Records'][0]];
  const { Subject: _sample, ...rest } = Sns;
  const subject = textIn(input, 'Subject');
  const own = { MessageAttributes: attributesIn(input), ...(subject !== undefined && { Subject: subject }) };
  return { topic, event: { Records: [{ ...record, Sns: { ...rest, ...own } as typeof Sns }] } };
}

/** Returns the bytes of a message with its attributes, which may be malformed. */
function sizeOf(input: QueryTree): number {
  const attributes = listIn(input, 'MessageAttributes', 'entry').flatMap((entry) => {
    const value = treeIn(entry, 'Value');
    return [textIn(entry, 'Name'), ...['DataType', 'StringValue', 'BinaryValue'].map((name) => textIn(value, name))];
  });
  return [textIn(input, 'Message'), ...attributes].reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
}

function attributesIn(input: QueryTree): SNSMessageAttributes {
  const entries = listIn(input, 'MessageAttributes', 'entry').map((entry) => {
    const name = textIn(entry, 'Name') ?? '';
    const value = treeIn(entry, 'Value');
    const type = textIn(value, 'DataType');
    const content = textIn(value, 'StringValue') ?? textIn(value, 'BinaryValue');
    if (type === undefined || content === undefined)
      throw invalid(`The message attribute '${name}' must have a DataType, and a value that is not empty`);
    return [name, { Type: type, Value: content }] as const;
  });
  return Object.fromEntries(entries);
}

function invalid(reason: string): SnsError {
  return new SnsError('InvalidParameter', `Invalid parameter: ${reason}`);
}
