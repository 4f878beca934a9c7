import { createHash } from 'node:crypto';
import { asJsonObject, asList } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { digestOf } from './message-attributes.js';
import type { Message } from './message.js';
import { missingParameter, unknownAction } from './queue-error.js';
import type { QueueService } from './queue-service.js';
import type { Queue } from './queue.js';
import { readBatch } from './send-batch.js';
import { readSendParameters } from './send-parameters.js';

/** The context of an action. */
export interface ActionContext {
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
    const attributes = asJsonObject(input['Attributes']);
    return { QueueUrl: urlOf(service.create(nameIn(input), attributes['ContentBasedDeduplication'] === 'true').name) };
  },

  GetQueueUrl: (input, { service, urlOf }) => ({ QueueUrl: urlOf(service.get(nameIn(input)).name) }),

  GetQueueAttributes: (input, context) => {
    const attributes = Object.entries(attributesOf(queueOf(input, context)));
    const wanted = asList(input['AttributeNames']);
    return {
      Attributes: Object.fromEntries(attributes.filter(([name]) => wanted.includes('All') || wanted.includes(name))),
    };
  },

  ListQueues: ({ QueueNamePrefix: prefix = '' }, { service, urlOf }) => {
    return { QueueUrls: service.names.filter((name) => name.startsWith(String(prefix))).map(urlOf) };
  },
};

/** Runs an action. @throws QueueError when the request is wrong. */
export function runAction(name: string, input: PlainObject, context: ActionContext): object {
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
