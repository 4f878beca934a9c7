import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { events } from '../../src/testing/events.js';

interface Entry {
  readonly file: string;
  readonly kind: string;
}

const folder = join(__dirname, '../../../shared/events');
const index = join(folder, 'INDEX.json');
const entries = existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as Entry[]) : [];

/** Members whose names the sender of an event chooses. */
const FREE = new Set([
  'Attributes',
  'MessageAttributes',
  'attributes',
  'authorizationContext',
  'claims',
  'context',
  'detail',
  'dynamodb',
  'headers',
  'messageAttributes',
  'multiValueHeaders',
  'multiValueQueryStringParameters',
  'pathParameters',
  'properties',
  'queryStringParameters',
  'records',
  'rmqMessagesByQueue',
  'stageVariables',
  'userAttributes',
]);

/** The names of the members in an event, with those of the messages below names that AWS leaves to the sender. */
function namesIn(value: unknown, parent = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, parent));
  if (typeof value !== 'object' || value === null) return [];
  const isMessages = parent === 'records' || parent === 'rmqMessagesByQueue';
  if (FREE.has(parent) && !isMessages) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    ...(isMessages ? [] : [name]),
    ...namesIn(member, isMessages ? '' : name),
  ]);
}

const OURS: Readonly<Record<string, readonly unknown[]>> = {
  'apigw-v1': [events.apiGatewayV1(), events.httpApiV1()],
  'apigw-v2': [events.apiGatewayV2()],
  alb: [events.alb()],
  sqs: [events.sqs('orders', ['text'])],
  sns: [events.sns('orders', ['text'])],
  'mq-active': [events.activeMq('orders', ['text'])],
  'mq-rabbit': [events.rabbitMq('orders', ['text'])],
  kinesis: [events.kinesis('orders', ['text'])],
  kafka: [events.kafka('orders', ['text'])],
  eventbridge: [events.eventBridge({ source: 'orders', detailType: 'Placed' })],
  s3: [events.s3({ bucket: 'orders' })],
};

const rows = Object.entries(OURS);

test.each(rows)('sample events of %s have no member that AWS does not name', (kind, ours) => {
  const theirs = entries.filter((entry) => entry.kind === kind);
  // Users of a clone do not have AWS's events.
  if (theirs.length === 0) return;
  const known = new Set(theirs.flatMap(({ file }) => namesIn(JSON.parse(readFileSync(join(folder, file), 'utf8')))));
  expect([...new Set(namesIn(ours))].filter((name) => !known.has(name))).toEqual([]);
});
