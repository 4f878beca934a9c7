import { createHash } from 'node:crypto';
import { isRecord } from '../../events/is-record.js';
import type { PlainObject } from '../../shared/types.js';
import { digestOf } from './message-attributes.js';
import type { Message } from './message.js';
import type { Queue } from './queue.js';
import { missingParameter, unknownAction } from './queue-error.js';
import type { QueueService } from './queue-service.js';
import { readBatch } from './send-batch.js';
import { readSendParameters } from './send-parameters.js';

/** What an action works with. */
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
    const messages = context.service.send(queue, accepted.map(({ parameters }) => parameters));
    const refused = entries.filter((entry) => 'refusal' in entry);
    return {
      Successful: accepted.map(({ id }, index) => ({ Id: id, ...receiptOf(messages[index]!) })),
      Failed: refused.map(({ id, refusal: { code, message } }) => ({ Id: id, SenderFault: true, Code: code, Message: message })),
    };
  },

  CreateQueue: (input, { service, urlOf }) => {
    const attributes = isRecord(input['Attributes']) ? input['Attributes'] : {};
    return { QueueUrl: urlOf(service.create(nameIn(input), attributes['ContentBasedDeduplication'] === 'true').name) };
  },

  GetQueueUrl: (input, { service, urlOf }) => ({ QueueUrl: urlOf(service.get(nameIn(input)).name) }),

  GetQueueAttributes: (input, context) => {
    const attributes = Object.entries(attributesOf(queueOf(input, context)));
    const wanted = Array.isArray(input['AttributeNames']) ? (input['AttributeNames'] as readonly unknown[]) : [];
    return { Attributes: Object.fromEntries(attributes.filter(([name]) => wanted.includes('All') || wanted.includes(name))) };
  },

  ListQueues: ({ QueueNamePrefix: prefix = '' }, { service, urlOf }) => {
    return { QueueUrls: service.names.filter((name) => name.startsWith(String(prefix))).map(urlOf) };
  },
};

/** Does what a client asks for. @throws QueueError */
export function runAction(name: string, input: PlainObject, context: ActionContext): object {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) throw unknownAction(name, Object.keys(ACTIONS));
  return action(input, context);
}

/** The queue of the parameter `QueueUrl`, whatever address it was reached by. */
function queueOf({ QueueUrl: url }: PlainObject, { service }: ActionContext): Queue {
  if (typeof url !== 'string' || url === '') throw missingParameter('QueueUrl');
  return service.get(url.slice(url.lastIndexOf('/') + 1));
}

function nameIn({ QueueName: name }: PlainObject): string {
  if (typeof name !== 'string' || name === '') throw missingParameter('QueueName');
  return name;
}

/** What whoever sent a message is told of it. */
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
